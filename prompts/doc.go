// Package prompts holds ready-made jobs that a person picks in a client: one
// declaration a file, in the order in which a menu shows them.
//
// A job names the tools to call in order, each with its arguments, and says
// what to check on the way, what to show the person and where to stop and ask.
// It is written for a model that knows nothing of Fiskl. What the caller is
// not offered is replaced by a sentence that says what is missing and how it
// can be had (see [Setting]), so that a job never leads to a tool that is not
// there. What people typed stands in quotes, as data.
package prompts
