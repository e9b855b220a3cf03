/** The environment of this machine: where its programs are, and what they are started with. */
export const environment: Readonly<NodeJS.ProcessEnv> = process.env
