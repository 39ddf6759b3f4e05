package app

import (
	"log/slog"

	"github.com/fiskl-mcp/fiskl-mcp/internal/company"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/internal/mcpserver"
)

// opened are all companies of the settings, over lines where there are any. What
// keeps them from being opened is a wrong setting.
func opened(cfg config.Config, logger *slog.Logger, lines ...company.Line) (company.Companies, error) {
	p, err := company.Open(cfg, logger, lines...)
	if err != nil {
		return company.Companies{}, usageError{err}
	}
	return p, nil
}

// offer is what the server offers of companies. They are left when the server
// forgets their caller.
func offer(p company.Companies) mcpserver.Companies {
	all := mcpserver.Companies{Companies: p.Companies, Close: p.Leave}
	for _, co := range p.Each {
		all.Each = append(all.Each, mcpserver.Company{
			Name: co.Name, ReadOnly: co.ReadOnly, Catalog: co.Catalog, Suggest: co.Suggest, Books: co.Books, Held: co.Held,
		})
	}
	return all
}
