/** The addresses that the pages write for the API and the web app, and in whose place each site shows its own. */
export const exampleAddresses = { api: 'http://localhost:4000', web: 'http://localhost:3000' }
