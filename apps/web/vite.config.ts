import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { partnerPages } from './partner-pages/partnerPages.ts'
import { precompress } from './precompress.ts'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

const packages = `${import.meta.dirname}/../../packages`

export default defineConfig({
  plugins: [
    tailwindcss(),
    partnerPages(),
    remix({
      buildEnd: () => precompress(`${import.meta.dirname}/build/client`),
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  // The workspace's packages are bundled from their sources, so that a build of the pages needs no other build. By name
  // and not by the condition `source`: packages of others have one, too, and ship what it leads to in part.
  resolve: {
    alias: [
      // These two are called otherwise than their files.
      { find: /^@wellness\/api-client$/, replacement: `${packages}/api-client/src/client.ts` },
      {
        find: /^@wellness\/api-client\/operations$/,
        replacement: `${packages}/api-client/src/generated/graphql.ts`,
      },
      {
        find: /^@wellness\/([^/]+)\/(.+)$/,
        replacement: `${packages}/$1/src/$2.ts`,
      },
    ],
  },
  // An inlined asset would be a data: address, which the Content-Security-Policy refuses.
  build: { assetsInlineLimit: 0 },
  worker: { format: 'es' },
})
