// Package fisklapi is a client of Fiskl's public API, usable by itself.
//
// It is unofficial. Fiskl's API is in beta and its reference is not part of
// this project, so what the package relies on is written down in openapi.yaml,
// each part marked as documented by Fiskl or inferred; [Endpoints] is that
// contract's table of operations.
//
// The package takes and returns the nouns of package schemas: money as decimal
// strings, dates as ISO dates, records by name, number or id. Fiskl's own wire
// format (integer minor units, camelCase, several list envelopes) stays inside.
// It is strict in what it sends and tolerant in what it accepts: fields it does
// not know are kept, statuses are compared without regard to case, and filters
// are applied once more to what Fiskl answers, so that a parameter which Fiskl
// ignores cannot widen a list unseen.
//
// Every failure is an [*Error] with a [Kind], or a *schemas.ArgumentError when
// an argument could not be used and nothing was sent.
package fisklapi
