/**
 * Pieces of what is sent that must turn up nowhere but where they belong. Lower case and letters alone, so that no
 * escaping, normalising or lower-casing hides them.
 */
export const marks = {
  /** In texts that a person might write: in no error and no log. */
  text: 'zqtextmark',
  /** In every password: in no answer and no log. */
  password: 'zqpassmark',
  /** The domain of every mail address: in no log, and in no answer to somebody who did not send it or own it. */
  mailDomain: 'zqmailmark.example',
  /** In every login's token that the run made itself: in no answer and no log. */
  token: 'zqtokenmark',
  /** The name of everybody whom nothing may touch: in no answer and no log. */
  stranger: 'zqstrangermark',
  /** The time zone of their sessions, which no request names: in no answer. */
  strangerZone: 'Pacific/Chatham',
}
