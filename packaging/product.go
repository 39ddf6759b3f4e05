package main

// product is what every package says of itself. This is the only place for it:
// the bundles are made from it, and a test holds .goreleaser.yaml and the
// program's own help to it.
type product struct {
	name        string // of the program and of the packages
	server      string // of the program for a shared endpoint, and of its packages
	short       string // as people type it in a client
	title       string
	description string // at most 100 characters, which the MCP Registry allows
	serves      string // what the server's packages say instead
	license     string
	author      string
	repository  string
	image       string // of the container
	registry    string // the name in the MCP Registry
}

func fiskl() product {
	const repository = "https://github.com/fiskl-mcp/fiskl-mcp"
	return product{
		name:        "fiskl-mcp",
		server:      "fiskl-mcp-server",
		short:       "fiskl",
		title:       "Fiskl (unofficial)",
		description: "Fiskl accounting for AI agents, through the Model Context Protocol (unofficial)",
		serves:      "Fiskl accounting for the AI agents of many people, over streamable HTTP (unofficial)",
		license:     "MIT",
		author:      "fiskl-mcp contributors",
		repository:  repository,
		image:       "ghcr.io/fiskl-mcp/fiskl-mcp",
		registry:    "io.github.fiskl-mcp/fiskl-mcp",
	}
}

// document is the address of a file of the repository.
func (p product) document(path string) string { return p.repository + "/blob/main/" + path }

// raw is where the content of a file of the repository is served.
func (p product) raw(path string) string {
	return "https://raw.githubusercontent.com/fiskl-mcp/fiskl-mcp/main/" + path
}

// asset is the address of a file of a release.
func (p product) asset(version, file string) string {
	return p.repository + "/releases/download/v" + version + "/" + file
}

// option is a setting that packages let a person make.
type option struct {
	name   string // in the manifest of a bundle
	env    string
	title  string
	help   string
	secret bool // a text that nobody may see
	folder bool // the full path of one; all others are yes or no
}

func options() []option {
	return []option{
		{"api_key", "FISKL_API_KEY", "Fiskl API key", "From Fiskl: Settings > API & Connections > My API keys. Leave it empty for the demo company, or after fiskl-mcp login.", true, false},
		{"read_only", "FISKL_READ_ONLY", "Read-only", "Offer and send nothing that changes anything.", false, false},
		{"sandbox", "FISKL_SANDBOX", "Demo company", "Use the built-in demo company; needs no account.", false, false},
		{"export_dir", "FISKL_EXPORT_DIR", "Folder for exported files", "A copy of every Excel or CSV file that is asked for is saved here. Leave it empty for none.", false, true},
	}
}
