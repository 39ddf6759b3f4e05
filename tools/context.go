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
		read("list_date_periods", "Fiskl's named periods with their dates. Use these names as period; never compute one yourself.", c.api.Periods.List, fisklapi.OpListDatePeriods),
		create("request_feature", "Tell Fiskl's team what is missing, such as deleting, voiding, editing sent invoices, making quotes, recurring invoices or journals: none of these can be done here. No names or amounts.", c.api.Features.Request, fisklapi.OpCreateFeatureRequest),
	}
}

// context gathers what an assistant should know before it starts. What a
// credential may not read is left out and said.
func (c *Catalog) context(ctx context.Context, _ schemas.None) (schemas.Context, error) {
	var held []string
	var err, profileErr, periodErr error
	var company schemas.Company
	var period schemas.Range
	_ = c.api.Together(ctx, // each says below what its failure means
		func(ctx context.Context) error { held, err = c.api.Permissions.List(ctx); return nil },
		func(ctx context.Context) error { company, profileErr = c.api.Companies.Fresh(ctx); return nil },
		func(ctx context.Context) error {
			period, periodErr = c.api.Periods.OrDefault(ctx, schemas.Period{})
			return nil
		},
	)
	if err != nil && !untold(err) {
		return schemas.Context{}, err
	}
	out := schemas.Context{Permissions: c.useful(held), Mode: c.mode(), Limits: c.limits()}
	out.OtherPermissions = len(held) - len(out.Permissions)
	if err != nil {
		out.Notes = append(out.Notes, "The permissions of this credential could not be read: every tool is offered, and Fiskl refuses what it may not do.")
	}
	if err := c.profile(ctx, &out, company, profileErr); err != nil {
		return schemas.Context{}, err
	}
	out.Today = c.api.Companies.Today(ctx)
	if periodErr != nil {
		out.Notes = append(out.Notes, "Fiskl named no default period.")
	}
	out.DefaultPeriod = period.Period
	out.Hidden = append(c.Hidden(held), c.Pathless(c.api.Missing())...)
	return out, nil
}

// untold reports permissions that cannot be read though the credential may be
// good.
func untold(err error) bool {
	failed, ok := errors.AsType[*fisklapi.Error](err)
	return fisklapi.Untold(err) || ok && failed.Kind == fisklapi.Unavailable && failed.Status != 0
}

// profile tells of the company what Fiskl tells.
func (c *Catalog) profile(ctx context.Context, out *schemas.Context, company schemas.Company, err error) error {
	switch {
	case errors.Is(err, fisklapi.Forbidden):
		out.Notes = append(out.Notes, "The company's profile cannot be read without company.read; "+c.today(ctx)+". "+c.alone())
	case errors.Is(err, fisklapi.NoPath):
		out.Notes = append(out.Notes, "This API does not tell the company's profile, so its name, currency and locked period are not known; "+c.today(ctx)+". "+c.alone())
	case err != nil:
		return err
	}
	out.BaseCurrency, out.Country, out.TimeZone = company.Currency, company.Country, company.TimeZone
	out.FiscalYearEnd, out.AccountingMethod, out.LockedUntil = company.FiscalYearEnd, company.AccountingMethod, company.LockedUntil
	return nil
}

// alone says whose limits count where it is not known which company it is.
func (*Catalog) alone() string {
	return "Limits and repeated writes are counted for this credential alone, not with others of the same company."
}

// today says which day is taken for today where Fiskl does not tell the zone.
func (c *Catalog) today(ctx context.Context) string {
	if c.api.Unzoned(ctx) {
		return "today is in UTC"
	}
	return "today is in the time zone of FISKL_TIME_ZONE"
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
		ConfirmPerson: "every change needs the person's own answer, and clients that cannot ask them may change nothing",
		ConfirmAsk:    "sends and payments need the person's yes",
		ConfirmToken:  "sends and payments need the person's yes, by token",
		ConfirmOff:    "sends and payments are NOT confirmed by a person",
	}[c.gate.mode])
}

func (c *Catalog) limits() []string {
	if c.options.Policy == nil || c.options.ReadOnly {
		return nil
	}
	return c.options.Policy.Limits()
}
