// Command fiskl-mcp gives the AI agents of one person the Fiskl accounting
// product through the Model Context Protocol. It is unofficial.
package main

import "github.com/fiskl-mcp/fiskl-mcp/internal/app"

func main() { app.Desk().Main() }
