/**
 * Headers by which the web app tells the API on whose behalf it asks. The API believes them only beside the right
 * secret: anybody else could otherwise name any client address and slip past the throttles.
 */
export const WEB_API_SECRET_HEADER = 'x-web-api-secret'
export const CLIENT_ADDRESS_HEADER = 'x-client-address'
export const CLIENT_USER_AGENT_HEADER = 'x-client-user-agent'
export const REQUEST_ID_HEADER = 'x-request-id'
/** Joins what the API does to the web app's trace, as W3C Trace Context has it. */
export const TRACEPARENT_HEADER = 'traceparent'
