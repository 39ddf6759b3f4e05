// Package install writes this server into the configuration files of MCP
// clients, and takes it out again. It changes the bytes of its own entry and
// no others.
package install

import (
	"fmt"
	"slices"
	"strings"
)

// Client is a program that starts MCP servers, as it is set up on a machine.
type Client struct {
	Name    string // what a person types, such as claude-code
	Title   string // what the client calls itself
	Format  Format
	Table   string // the member or table that holds the servers by their names
	Typed   bool   // its entries say that they are of the type stdio
	Mark    bool   // it reads JSON behind a byte order mark
	Remarks bool   // it reads JSON with comments and trailing commas
	Next    string // what to do for the client to see a change, as a sentence

	// KeyHint says how the client itself can hand an API key over, for those
	// who keep it in the environment; empty when it has no good way.
	KeyHint string

	// Places are all files that the client may read, the likeliest first;
	// there is at least one.
	Places []Place
}

// Format is the language of a configuration file.
type Format int

// The formats.
const (
	JSON Format = iota // with comments and trailing commas, where they stand already
	TOML
)

// Place is where a client looks for its configuration.
type Place struct {
	File    string // absolute; it may be missing
	Present bool   // the client has left traces here, so it is installed or was
}

// Machine is what decides where clients keep their files.
type Machine struct {
	OS   string                   // as in runtime.GOOS
	Home string                   // the user's home folder
	Env  func(name string) string // the environment; empty for what is not set
}

// Clients are all that this program knows, in the order in which they are
// shown. It looks at the disk for which of them are there, and reads no file.
func Clients(m Machine) []Client {
	return []Client{
		{
			Name: "claude-desktop", Title: "Claude Desktop", Table: "mcpServers", Places: m.claudeDesktop(),
			Next: "Quit Claude Desktop entirely, from its menu or tray icon, and start it again.",
		},
		{
			Name: "claude-code", Title: "Claude Code", Table: "mcpServers", Typed: true, Mark: true, Places: m.claudeCode(),
			Next:    "Start a new session of claude; /mcp shows the server.",
			KeyHint: `"env": {"FISKL_API_KEY": "${FISKL_API_KEY}"} in the entry hands it on`,
		},
		{
			Name: "cursor", Title: "Cursor", Table: "mcpServers", Typed: true, Mark: true, Remarks: true, Places: m.cursor(),
			Next:    "Restart Cursor; its settings list the server among the MCP tools.",
			KeyHint: `"env": {"FISKL_API_KEY": "${env:FISKL_API_KEY}"} in the entry hands it on`,
		},
		{
			Name: "vscode", Title: "Visual Studio Code", Table: "servers", Typed: true, Mark: true, Remarks: true, Places: m.vscode(),
			Next:    "In VS Code run the command MCP: List Servers and start the server, or reload the window.",
			KeyHint: `an input of type promptString with "password": true asks for it once and keeps it`,
		},
		{
			Name: "codex", Title: "Codex", Format: TOML, Table: "mcp_servers", Places: m.codex(),
			Next:    "Start a new session of codex; /mcp shows the server.",
			KeyHint: `env_vars = ["FISKL_API_KEY"] in the table hands it on`,
		},
		{
			Name: "gemini", Title: "Gemini CLI", Table: "mcpServers", Mark: true, Remarks: true, Places: m.gemini(),
			Next:    "Start a new session of gemini; /mcp shows the server.",
			KeyHint: `"env": {"FISKL_API_KEY": "$FISKL_API_KEY"} in the entry hands it on`,
		},
	}
}

// Find returns the client of a name, and an error that lists all when there is
// none of that name.
func Find(all []Client, name string) (Client, error) {
	i := slices.IndexFunc(all, func(c Client) bool { return c.Name == name })
	if i < 0 {
		return Client{}, fmt.Errorf("%q is not a client that this program knows; it knows %s", name, names(all))
	}
	return all[i], nil
}

func names(all []Client) string {
	list := make([]string, 0, len(all))
	for _, c := range all {
		list = append(list, c.Name)
	}
	return strings.Join(list, ", ")
}
