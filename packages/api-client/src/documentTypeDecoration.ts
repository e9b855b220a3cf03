/** What a document carries for the compiler alone: which data it answers with, and which variables it takes. */
export interface DocumentTypeDecoration<Data, Variables> {
  __apiType?: (variables: Variables) => Data
}
