package books

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"

// Company is the profile of the company whose books these are.
type Company struct {
	ID               int64  `json:"id"`
	Name             string `json:"name"`
	Email            string `json:"email,omitempty"`
	Phone            string `json:"phone,omitempty"`
	Address          string `json:"address,omitempty"`
	Country          string `json:"country"`
	Currency         string `json:"currency"`
	TimeZone         string `json:"timeZone"`
	FiscalYearEnd    string `json:"fiscalYearEnd"`    // Month and day, such as 03-31.
	AccountingMethod string `json:"accountingMethod"` // Accrual or Cash.
	LockedUntil      Date   `json:"lockedUntil,omitempty"`
	TaxType          string `json:"taxType"`
}

// Company is the company's profile.
func (b *Books) Company() Company { return b.company }

// Lock closes every day up to and including until. The API has no operation for it; in Fiskl it is a setting.
func (b *Books) Lock(actor string, until Date) {
	before := b.company
	b.company.LockedUntil = until
	b.edited(actor, record{KindCompany, b.company.ID, b.company.Name}, before, b.company)
}

// checkOpen refuses a transaction date in the locked period.
func (b *Books) checkOpen(date Date) error {
	if b.company.LockedUntil != "" && date <= b.company.LockedUntil {
		return refuse("The period up to and including %s is locked; nothing dated %s can be created or changed.",
			b.company.LockedUntil, date)
	}
	return nil
}

// checkDate refuses a day that does not exist, naming the field it came in.
func checkDate(field string, date Date) error {
	if _, err := ledger.ParseDate(string(date)); err != nil {
		return refuse("%s: %v", field, err)
	}
	return nil
}

// AddAccount puts an account into the chart, as somebody would in the app. The next step of its life is posting to it.
func (b *Books) AddAccount(a ledger.Account) ledger.Account {
	a.ID = b.ids.next(KindAccount)
	b.ledger.Chart().Add(a)
	return a
}

// money is an amount with its currency, as refusals spell it.
func money(amount Minor, currency string) string { return amount.String() + " " + currency }
