// Package schemas holds the nouns that a model sees: the arguments of every
// tool, their results, and the few value types both are made of.
//
// Names are snake_case. Money is a decimal string in the currency that stands
// beside it, never a float and never minor units. Dates are ISO calendar
// dates. A field that is not in one of these structs never reaches a model, so
// the struct is also the projection of Fiskl's answer.
//
// The JSON Schemas that clients are shown are reflected from these structs
// (see [Input] and [Output]). The package imports nothing else of this module.
package schemas
