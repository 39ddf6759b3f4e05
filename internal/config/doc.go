// Package config is the settings of both programs: the table of them, where they
// are read from, and the values that they come to. It opens nothing and asks
// nobody: what it reads are the command line, the environment, the settings file
// and the files that a setting names.
package config
