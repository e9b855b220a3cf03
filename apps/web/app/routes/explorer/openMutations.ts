/**
 * The mutations that the explorer passes on: those of practising. How one signs in, and who else may act for one, is
 * changed in settings, where it is explained and asked twice; somebody who is talked into pasting a document here can
 * give nothing away by it, and no answer ever brings a credential to the page.
 */
export const openMutations: ReadonlySet<string> = new Set(['startSession', 'refreshSession', 'endSession'])
