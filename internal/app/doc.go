// Package app is the two programs: their commands, one file each, and what
// connects them to the outside. Their main packages choose one and run it. What
// can be set is in internal/config, how a company is opened in internal/company,
// and the server on the protocol in internal/mcpserver.
package app
