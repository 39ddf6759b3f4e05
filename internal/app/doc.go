// Package app is the two programs: their commands, the settings that they read,
// and what they put on the protocol. Their main packages choose one and run it.
package app
