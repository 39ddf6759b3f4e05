package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func taxes(api *fisklapi.Client) []Tool {
	return []Tool{
		read("list_taxes", "List tax rates and groups that lines can carry. They are set up in the Fiskl app only.", api.Taxes.List, fisklapi.OpListTaxes),
		read("get_tax", "Get one tax rate or group.", api.Taxes.Get, fisklapi.OpGetTax),
	}
}
