/** What scripts were started with, for those that pass it on or look something up; settings are read by readSettings.ts. */
export const environment: NodeJS.ProcessEnv = process.env
