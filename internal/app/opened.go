package app

import (
	"log/slog"

	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
)

// opened are all companies of the settings. What keeps them from being opened is
// a wrong setting.
func opened(cfg config.Config, logger *slog.Logger) (practice, error) {
	p, err := open(cfg, logger)
	if err != nil {
		return practice{}, usageError{err}
	}
	return p, nil
}

// serve is what the server offers of companies. They are left when the server
// forgets their caller.
func serve(p practice) mcpCompanies {
	all := mcpCompanies{Companies: p.Companies, shut: p.leave}
	for _, co := range p.companies {
		all.each = append(all.each, mcpCompany{
			name: co.Name, readOnly: co.ReadOnly, catalog: co.catalog, suggest: co.suggest, books: co.books, held: co.held,
		})
	}
	return all
}
