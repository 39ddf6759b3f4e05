package fisklapi

import (
	"context"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Companies reads the company that the credential belongs to.
type Companies struct{ c *Client }

type wireCompany struct {
	ID               id   `json:"id" form:"required"`
	Name             text `json:"name" form:"required"`
	Country          text `json:"country"`
	Currency         text `json:"currency" form:"required"`
	TimeZone         text `json:"timeZone" form:"soft"`
	FiscalYearEnd    text `json:"fiscalYearEnd" form:"soft"`
	AccountingMethod text `json:"accountingMethod"`
	LockedUntil      day  `json:"lockedUntil"`

	zone *time.Location // that of TimeZone; reading it takes a file
}

// companyTTL is how long the company's name, currency and time zone are
// remembered. They hardly ever change, and every answer names the company.
const companyTTL = 10 * time.Minute

// Get returns the company's profile, at most ten minutes old.
//
//	GET /v1/company
func (s Companies) Get(ctx context.Context) (schemas.Company, error) {
	w, err := s.cached(ctx)
	if err != nil {
		return schemas.Company{}, err
	}
	return w.noun(), nil
}

// Warm reads what nearly every answer needs, the company and its periods, so that
// the first call need not wait for it, nor for connections. What it cannot read,
// the call that needs it tells of.
func (c *Client) Warm(ctx context.Context) {
	var all sync.WaitGroup
	all.Go(func() { _, _ = c.Companies.Get(ctx) })
	all.Go(func() { _, _ = c.Periods.List(ctx, schemas.None{}) })
	all.Wait()
}

// Fresh returns the company's profile as it is now.
//
//	GET /v1/company
func (s Companies) Fresh(ctx context.Context) (schemas.Company, error) {
	w, err := s.c.company.renew(ctx, s.c.now(), companyTTL, s.load)
	return w.noun(), err
}

// cached does not ask again and again for a profile that there is no path of.
func (s Companies) cached(ctx context.Context) (wireCompany, error) {
	if err := s.c.missing.lately(OpGetCompany, s.c.now(), companyTTL); err != nil {
		return wireCompany{}, err
	}
	return s.c.company.get(ctx, s.c.now(), companyTTL, s.load)
}

func (s Companies) load(ctx context.Context) (wireCompany, error) {
	w, err := do[wireCompany](ctx, s.c, request{op: OpGetCompany})
	if w.zone, _ = time.LoadLocation(string(w.TimeZone)); w.zone == nil || w.TimeZone == "" {
		w.zone = s.c.likelyZone() // of a zone that this machine does not know, too
	}
	return w, err
}

func (w wireCompany) noun() schemas.Company {
	return schemas.Company{
		ID: w.ID.key, Name: string(w.Name), Country: string(w.Country), Currency: string(w.Currency),
		TimeZone: string(w.TimeZone), FiscalYearEnd: string(w.FiscalYearEnd),
		AccountingMethod: string(w.AccountingMethod), LockedUntil: schemas.Date(w.LockedUntil),
	}
}

// likelyZone is the zone that the client was told of, else UTC.
func (c *Client) likelyZone() *time.Location {
	if c.zone == nil {
		return time.UTC
	}
	return c.zone
}

// Today returns the company's date: its time zone decides which day it is.
// Where Fiskl does not tell it, the date is that of [Options].Zone, or of UTC.
func (s Companies) Today(ctx context.Context) schemas.Date {
	today, err := s.today(ctx)
	if err != nil {
		return s.elsewhere()
	}
	return today
}

// zone is the company's time zone, or UTC where that is not to be had.
func (s Companies) zone(ctx context.Context) *time.Location {
	if w, err := s.cached(ctx); err == nil {
		return w.zone
	}
	return s.c.likelyZone()
}

func (s Companies) elsewhere() schemas.Date {
	return schemas.NewDate(s.c.now().In(s.c.likelyZone()))
}

// today is the date for a write: a passing failure must not put another day
// into the books than the next attempt would.
func (s Companies) today(ctx context.Context) (schemas.Date, error) {
	w, err := s.cached(ctx)
	switch {
	case err == nil:
		return schemas.NewDate(s.c.now().In(w.zone)), nil
	case OutOfReach(err):
		return s.elsewhere(), nil
	default:
		return "", err
	}
}

// Unzoned reports that today's date is that of UTC, because Fiskl does not tell
// the company's time zone and nobody else did.
func (c *Client) Unzoned(ctx context.Context) bool {
	if c.zone != nil {
		return false
	}
	w, err := c.Companies.cached(ctx)
	return OutOfReach(err) || err == nil && w.TimeZone == ""
}
