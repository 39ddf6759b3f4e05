package company

import (
	"fmt"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/config"
	"github.com/fiskl-mcp/fiskl-mcp/tools"
)

// Check finds what would keep companies from being opened with settings that
// could be read. It touches nothing, and its errors name the setting.
func Check(cfg config.Config) error {
	for _, one := range cfg.Companies {
		api, err := fisklapi.New(fisklapi.Options{
			TokenSource: source(one), BaseURL: one.Root(), MinorUnits: one.MinorUnits, Endpoints: one.Endpoints, Dialect: one.Dialect,
		})
		if err != nil {
			return one.OptionError(err)
		}
		if _, err := tools.New(api, tools.Options{Toolsets: cfg.Toolsets, Extras: cfg.Extra}); err != nil {
			return fmt.Errorf("%s: %w", one.Place("FISKL_TOOLSETS"), err)
		}
	}
	return nil
}
