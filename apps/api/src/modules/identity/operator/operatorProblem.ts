/** What was asked for cannot be done; the message is for the operator. */
export class OperatorProblem extends Error {
  override name = 'OperatorProblem'
}
