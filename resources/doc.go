// Package resources is what a client may read by address, without spending a
// tool: the company, its lists of terms, its records, its reports, and files
// that were exported. Reading says what the tool of the same name does.
package resources
