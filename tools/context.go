package tools

import (
	"context"
	"errors"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func contextTools(c *Catalog) []Tool {
	return []Tool{
		read("get_context", "Call first. The company, its base currency, today's date there, fiscal year, locked period, and what this credential may do.", c.context),
		read("list_date_periods", "List Fiskl's named periods with their dates. Use these names as period; never compute a period yourself.", c.api.Periods.List, fisklapi.OpListDatePeriods),
		create("request_feature", "Tell Fiskl's team what is missing, such as deleting, voiding, editing sent invoices, making quotes, recurring invoices or journals: none of these can be done here. No names or amounts.", c.api.Features.Request, fisklapi.OpCreateFeatureRequest),
	}
}

// context gathers what an assistant should know before it starts. What a
// credential may not read is left out and said.
func (c *Catalog) context(ctx context.Context, _ schemas.None) (schemas.Context, error) {
	held, err := c.api.Permissions.List(ctx)
	if err != nil {
		return schemas.Context{}, err
	}
	out := schemas.Context{Permissions: c.useful(held), Hidden: c.Hidden(held), Mode: c.mode(), Limits: c.limits()}
	out.OtherPermissions = len(held) - len(out.Permissions)
	company, err := c.api.Companies.Fresh(ctx)
	if err != nil {
		if !errors.Is(err, fisklapi.Forbidden) {
			return schemas.Context{}, err
		}
		out.Notes = append(out.Notes, "The company's profile cannot be read without company.read; today is in UTC.")
	}
	out.BaseCurrency, out.Country, out.TimeZone = company.Currency, company.Country, company.TimeZone
	out.FiscalYearEnd, out.AccountingMethod, out.LockedUntil = company.FiscalYearEnd, company.AccountingMethod, company.LockedUntil
	out.Today = c.api.Companies.Today(ctx)
	period, err := c.api.Periods.OrDefault(ctx, schemas.Period{})
	if err != nil {
		out.Notes = append(out.Notes, "Fiskl named no default period.")
	}
	out.DefaultPeriod = period.Period
	return out, nil
}

// useful keeps the permissions that some operation of the API needs.
func (c *Catalog) useful(held []string) []string {
	needed := make(map[string]bool, len(c.endpoints))
	for _, e := range c.endpoints {
		needed[e.Permission] = true
	}
	useful := []string{}
	for _, p := range held {
		if needed[p] {
			useful = append(useful, p)
		}
	}
	return useful
}

func (c *Catalog) mode() []string {
	mode := []string{c.options.Mode}
	switch {
	case c.options.ReadOnly:
		return append(mode, "read-only")
	case c.options.DryRun:
		mode = append(mode, "dry run: nothing is changed")
	}
	return append(mode, map[Confirm]string{
		ConfirmAsk:   "sends and payments need the person's yes",
		ConfirmToken: "sends and payments need the person's yes, by token",
		ConfirmOff:   "sends and payments are NOT confirmed by a person",
	}[c.gate.mode])
}

func (c *Catalog) limits() []string {
	if c.options.Controls == nil || c.options.ReadOnly {
		return nil
	}
	return c.options.Controls.Limits()
}
