package fisklapi

import (
	"context"
	"errors"
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

// Fresh returns the company's profile as it is now.
//
//	GET /v1/company
func (s Companies) Fresh(ctx context.Context) (schemas.Company, error) {
	w, err := s.load(ctx)
	return w.noun(), err
}

func (s Companies) cached(ctx context.Context) (wireCompany, error) {
	return s.c.company.get(ctx, s.c.now(), companyTTL, s.load)
}

func (s Companies) load(ctx context.Context) (wireCompany, error) {
	w, err := do[wireCompany](ctx, s.c, request{op: OpGetCompany})
	if w.zone, _ = time.LoadLocation(string(w.TimeZone)); w.zone == nil {
		w.zone = time.UTC // a zone that this machine does not know
	}
	return w, err
}

func (w wireCompany) noun() schemas.Company {
	return schemas.Company{
		ID: int64(w.ID), Name: string(w.Name), Country: string(w.Country), Currency: string(w.Currency),
		TimeZone: string(w.TimeZone), FiscalYearEnd: string(w.FiscalYearEnd),
		AccountingMethod: string(w.AccountingMethod), LockedUntil: schemas.Date(w.LockedUntil),
	}
}

// Today returns the company's date: its time zone decides which day it is.
// A credential that may not read the company gets the date in UTC.
func (s Companies) Today(ctx context.Context) schemas.Date {
	today, err := s.today(ctx)
	if err != nil {
		return schemas.NewDate(s.c.now().UTC())
	}
	return today
}

// zone is the company's time zone, or UTC where that is not to be had.
func (s Companies) zone(ctx context.Context) *time.Location {
	if w, err := s.cached(ctx); err == nil {
		return w.zone
	}
	return time.UTC
}

// today is the date for a write: a passing failure must not put another day
// into the books than the next attempt would.
func (s Companies) today(ctx context.Context) (schemas.Date, error) {
	w, err := s.cached(ctx)
	switch {
	case err == nil:
		return schemas.NewDate(s.c.now().In(w.zone)), nil
	case errors.Is(err, Forbidden):
		return schemas.NewDate(s.c.now().UTC()), nil
	default:
		return "", err
	}
}
