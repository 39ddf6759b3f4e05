package sandbox

import (
	"net/http"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

func companyOperations() []operation {
	return []operation{
		get("/v1/company", "getCompany", "company.read", getCompany),
		get("/v1/taxes", "listTaxes", "tax.read", listTaxes),
		get("/v1/taxes/{id}", "getTax", "tax.read", getTax),
		get("/v1/accounts", "listAccounts", "accounting.read", listAccounts),
	}
}

func getCompany(c *call) (answer, error) {
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	return encoded(http.StatusOK, b.Company()), nil
}

func listTaxes(c *call) (answer, error) {
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	return list(c, b.SalesTaxes(), orders[books.Tax]{
		"id":   by(func(x books.Tax) int64 { return x.ID }),
		"name": by(func(x books.Tax) string { return x.Name }),
	})
}

func getTax(c *call) (answer, error) { return one(c, (*books.Books).SalesTax) }

func listAccounts(c *call) (answer, error) {
	b, err := c.open()
	if err != nil {
		return answer{}, err
	}
	return list(c, b.Ledger().Chart().All(), orders[ledger.Account]{
		"id":   by(func(x ledger.Account) int64 { return x.ID }),
		"code": by(func(x ledger.Account) ledger.Code { return x.Code }),
		"name": by(func(x ledger.Account) string { return x.Name }),
	})
}
