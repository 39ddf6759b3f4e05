// Package dialect is the one place where the form of Fiskl's API is known.
//
// The client of package fisklapi reads and writes one canonical form, the one
// that openapi.yaml describes. Most of that form is inferred, so a real API may
// differ in names, wrappers, pages, words, money and dates. A [Dialect] is a
// document that says how; a [Mapping] is what it says of one operation, and
// translates between the two forms in both directions. [Infer] finds a mapping
// in an answer itself, as far as the names and the arithmetic leave no doubt.
//
// The package knows no operation by name: a [Form] says what an answer has to
// hold.
package dialect
