// Package company opens the companies that the settings tell of: each with its
// API client, the guard before its writes, its tools, resources and suggestions.
// It sends nothing until somebody asks.
package company
