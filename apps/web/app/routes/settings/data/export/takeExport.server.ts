/** What waits while the proof for a download is given. A file cannot follow a form, so its page offers it then. */
export const takeExport = {
  path: '/settings/data',
  describe: () => 'Then you can download a copy of your data.',
  finish: null,
}
