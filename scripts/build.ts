import { buildProduct } from './product/buildProduct.ts'

await buildProduct(console.log)
