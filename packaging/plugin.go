package main

// plugin is the manifest of a plugin for Claude Code. It has no version: a
// plugin that comes from a repository is as new as its commit.
type plugin struct {
	Name        string                  `json:"name"`
	Description string                  `json:"description"`
	Author      person                  `json:"author"`
	Homepage    string                  `json:"homepage"`
	Repository  string                  `json:"repository"`
	License     string                  `json:"license"`
	Keywords    []string                `json:"keywords"`
	Icon        string                  `json:"icon"`
	Servers     map[string]pluginServer `json:"mcpServers"`
}

type pluginServer struct {
	Command string   `json:"command"`
	Args    []string `json:"args"`
}

// marketplace lists the plugins of a repository.
type marketplace struct {
	Name    string              `json:"name"`
	Owner   person              `json:"owner"`
	Meta    map[string]string   `json:"metadata"`
	Plugins []marketplacePlugin `json:"plugins"`
}

type marketplacePlugin struct {
	Name        string `json:"name"`
	Source      string `json:"source"`
	Description string `json:"description"`
}

// pluginFiles are the files of the plugin, which is this whole repository, by
// their paths. The program itself comes from another package.
func pluginFiles(p product) map[string]any {
	return map[string]any{
		".claude-plugin/plugin.json": plugin{
			Name: p.short, Description: p.description, Author: person{p.author, p.repository},
			Homepage: p.repository, Repository: p.repository, License: p.license,
			Keywords: []string{"accounting", "invoices", "bookkeeping", "fiskl"},
			Icon:     "./" + hereFolder + "/icon.png",
			Servers:  map[string]pluginServer{p.short: {p.name, []string{"stdio"}}},
		},
		".claude-plugin/marketplace.json": marketplace{
			Name: p.name, Owner: person{p.author, p.repository},
			Meta:    map[string]string{"description": p.description},
			Plugins: []marketplacePlugin{{p.short, "./", p.description}},
		},
	}
}
