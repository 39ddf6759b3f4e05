package fisklapi_test

import (
	"context"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

func payments(c *fisklapi.Client) fisklapi.Payments { return c.Payments }
func products(c *fisklapi.Client) fisklapi.Products { return c.Products }
func periods(c *fisklapi.Client) fisklapi.Periods   { return c.Periods }

func paymentMethods() []method {
	return []method{
		{
			name: "Payments.List", from: "/v1/payments",
			dropped: []string{"accountId", "clientId", "created", "invoiceId", "status"},
			call:    on(payments, fisklapi.Payments.List, schemas.PaymentFilter{Period: schemas.Period{Period: "last month"}, Client: "Acme Ltd", Invoice: "5187"}),
			sent: slices.Concat(
				[]string{"GET /v1/date-periods"},
				[]string{"GET /v1/clients?includeArchived=true&name=Acme+Ltd&page=0&size=50"},
				[]string{"GET /v1/invoices/5187"},
				[]string{"GET /v1/payments?clientId=1024&end=2026-10-31&invoiceId=5187&page=0&size=50&sort=date%2Cdesc&start=2026-10-01"},
			),
		},
		{
			name: "Payments.Get", from: "/v1/payments/8604",
			dropped: []string{"clientId"},
			call:    on(payments, fisklapi.Payments.Get, schemas.PaymentRef{Payment: " 8604 "}),
			sent:    []string{"GET /v1/payments/8604"},
		},
		{
			name: "Payments.PlanRecord", from: "/v1/invoices/5253",
			dropped: lineDetails(),
			call:    on(payments, fisklapi.Payments.PlanRecord, schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "12.3", Account: "1000"}),
			sent: []string{
				"GET /v1/invoices/5253", "GET /v1/company", "GET /v1/accounts?page=0&size=50", "GET /v1/accounts?page=1&size=50", "GET /v1/accounts?page=2&size=50",
			},
		},
		{
			name: "Payments.Record", from: "/v1/payments/8613",
			dropped: []string{"clientId"},
			call: on(payments, fisklapi.Payments.Record, schemas.NewPayment{
				InvoiceRef: schemas.InvoiceRef{Invoice: "5253"}, Amount: "12.3", Currency: "gbp", Date: "2026-11-21", Method: "Cash", Account: "1000", Note: "n",
			}),
			sent: []string{
				"GET /v1/invoices/5253", "GET /v1/company", "GET /v1/accounts?page=0&size=50", "GET /v1/accounts?page=1&size=50", "GET /v1/accounts?page=2&size=50",
				"GET /v1/payments?end=2026-11-21&invoiceId=5253&page=0&size=50&start=2026-11-21",
				`POST /v1/payments {"accountId":501,"amount":1230,"date":"2026-11-21","invoiceId":5253,"method":"Cash","note":"n"}`, "GET /v1/payments/8613",
			},
		},
	}
}

func productMethods() []method {
	price, unit := schemas.Money("1250.5"), ""
	return []method{
		{
			name: "Products.List", from: "/v1/products",
			dropped: []string{"accountId", "created", "description", "taxIds", "updated"},
			call:    on(products, fisklapi.Products.List, schemas.ProductFilter{Search: "letterhead", IncludeArchived: true}),
			sent:    []string{"GET /v1/products?includeArchived=true&page=0&search=letterhead&size=50"},
		},
		{
			name: "Products.Get", from: "/v1/products/3013",
			dropped: []string{"taxIds"},
			call:    on(products, fisklapi.Products.Get, schemas.ProductRef{Product: "3013"}),
			sent:    append([]string{"GET /v1/products/3013"}, probed("GET /v1/taxes?page=0&size=50")...),
		},
		{
			name: "Products.Create", from: "/v1/products",
			dropped: []string{"taxIds"},
			call: on(products, fisklapi.Products.Create, schemas.NewProduct{
				Name: "Mug", Type: "product", Price: "7.5", Unit: "piece", Description: "d", Taxes: []string{"VAT Reduced 5%"},
			}),
			sent: []string{
				"GET /v1/company", "GET /v1/invoices?end=2099-12-31&page=0&size=50&sort=created%2Cdesc&start=2000-01-01",
				"GET /v1/taxes?page=0&size=50", "GET /v1/taxes?page=1&size=50",
				"GET /v1/products?includeArchived=true&page=0&size=50",
				"GET /v1/products?includeArchived=true&page=1&size=50",
				`POST /v1/products {"currency":"GBP","description":"d","name":"Mug","price":750,"taxIds":[302],"type":"Product","unit":"piece"}`,
			},
		},
		{
			name: "Products.Update", from: "/v1/products/3008",
			call: on(products, fisklapi.Products.Update, schemas.ProductPatch{
				ProductRef: schemas.ProductRef{Product: "brand strategy workshop"}, Price: &price, Unit: &unit, Taxes: &[]string{},
			}),
			sent: []string{
				"GET /v1/products?includeArchived=true&page=0&search=brand+strategy+workshop&size=50", "GET /v1/products/3008",
				`PUT /v1/products/3008 {"accountId":553,"created":"2025-03-27T10:00:00Z","currency":"GBP","description":"One day with up to eight people","id":3008,"name":"Brand strategy workshop","price":125050,"taxIds":[],"type":"Service","unit":"","updated":"2025-03-27T10:00:00Z"}`,
				"GET /v1/audit/Product/3008",
			},
		},
		{
			name: "Taxes.List", from: "/v1/taxes",
			call: on(func(c *fisklapi.Client) fisklapi.Taxes { return c.Taxes }, fisklapi.Taxes.List, schemas.None{}),
			sent: probed("GET /v1/taxes?page=0&size=50"),
		},
		{
			name: "Taxes.Get", from: "/v1/taxes/301",
			call: on(func(c *fisklapi.Client) fisklapi.Taxes { return c.Taxes }, fisklapi.Taxes.Get, schemas.TaxRef{Tax: "301"}),
			sent: []string{"GET /v1/taxes/301"},
		},
		{
			name: "Accounts.Type", sent: []string{"GET /v1/accounts?page=0&size=50", "GET /v1/accounts?page=1&size=50", "GET /v1/accounts?page=2&size=50"},
			call: on(func(c *fisklapi.Client) fisklapi.Accounts { return c.Accounts }, fisklapi.Accounts.Type, "1010"),
		},
		{
			name: "Accounts.Chart", sent: []string{"GET /v1/accounts?page=0&size=50", "GET /v1/accounts?page=1&size=50", "GET /v1/accounts?page=2&size=50"},
			call: func(ctx context.Context, c *fisklapi.Client) (any, error) { return c.Accounts.Chart(ctx) },
		},
		{
			name: "Accounts.List", from: "/v1/accounts",
			call: on(func(c *fisklapi.Client) fisklapi.Accounts { return c.Accounts }, fisklapi.Accounts.List, schemas.AccountFilter{PageArgs: schemas.PageArgs{All: true}}),
			sent: []string{"GET /v1/accounts?page=0&size=50", "GET /v1/accounts?page=1&size=50", "GET /v1/accounts?page=2&size=50", "GET /v1/accounts?page=2&size=50"},
		},
	}
}

func companyMethods() []method {
	return []method{
		{
			name: "Companies.Get", from: "/v1/company",
			dropped: []string{"address", "email", "phone", "taxType"},
			call:    func(ctx context.Context, c *fisklapi.Client) (any, error) { return c.Companies.Get(ctx) },
			sent:    []string{"GET /v1/company"},
		},
		{
			name: "Companies.Fresh", from: "/v1/company",
			dropped: []string{"address", "email", "phone", "taxType"},
			call:    func(ctx context.Context, c *fisklapi.Client) (any, error) { return c.Companies.Fresh(ctx) },
			sent:    []string{"GET /v1/company"},
		},
		{
			name: "Companies.Today",
			call: func(ctx context.Context, c *fisklapi.Client) (any, error) { return c.Companies.Today(ctx), nil },
			sent: []string{"GET /v1/company"},
		},
		{
			name: "Periods.List", from: "/v1/date-periods",
			call: on(periods, fisklapi.Periods.List, schemas.None{}),
			sent: []string{"GET /v1/date-periods"},
		},
		{
			name: "Periods.Resolve",
			call: on(periods, fisklapi.Periods.Resolve, schemas.Period{Period: "last month"}),
			sent: []string{"GET /v1/date-periods"},
		},
		{
			name: "Periods.OrDefault",
			call: on(periods, fisklapi.Periods.OrDefault, schemas.Period{}),
			sent: []string{"GET /v1/date-periods"},
		},
		{
			name: "Permissions.List", from: "/v1/me/permissions",
			call: func(ctx context.Context, c *fisklapi.Client) (any, error) { return c.Permissions.List(ctx) },
			sent: []string{"GET /v1/me/permissions"},
		},
		{
			name: "Features.Request", from: "/v1/feature-requests",
			dropped: []string{"created", "description"},
			call:    on(func(c *fisklapi.Client) fisklapi.Features { return c.Features }, fisklapi.Features.Request, schemas.NewFeatureRequest{Title: "Quotes", Description: "Make them."}),
			sent:    []string{`POST /v1/feature-requests {"description":"Make them.","title":"Quotes"}`},
		},
	}
}
