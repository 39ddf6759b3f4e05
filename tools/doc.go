// Package tools is the list of what a model may do with Fiskl, and nothing
// else: one file for each noun, one declaration for each tool.
//
// A declaration names the tool's effect by its constructor (read, create,
// update, send, record), which settles the title, all four hints and what the
// tool may change, so that none of it can be forgotten. What it needs of a
// credential follows from the operations it names. Binding of arguments,
// answers and errors are the same for every tool (see [Tool.Call]).
//
// There is no tool that deletes, and there never will be.
package tools
