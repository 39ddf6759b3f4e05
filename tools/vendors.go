package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func vendors(api *fisklapi.Client) []Tool {
	return []Tool{
		read("list_vendors", "List vendors.", api.Vendors.List, fisklapi.OpListVendors),
		read("get_vendor", "Get one vendor.", api.Vendors.Get, fisklapi.OpGetVendor),
		create("create_vendor", "Create a vendor. Look with list_vendors first: names are not unique.", api.Vendors.Create, fisklapi.OpCreateVendor),
		update("update_vendor", `Change a vendor; fields left out stay, "" clears one. Cannot archive.`, api.Vendors.Update, fisklapi.OpGetVendor, fisklapi.OpUpdateVendor),
	}
}
