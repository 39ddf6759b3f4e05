package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func vendors(api *fisklapi.Client) []Tool {
	return []Tool{
		read("list_vendors", "List vendors.", api.Vendors.List, fisklapi.OpListVendors),
		read("get_vendor", "Get one vendor.", api.Vendors.Get, fisklapi.OpGetVendor),
		create("create_vendor", "Create a vendor.", api.Vendors.Create, fisklapi.OpCreateVendor),
		update("update_vendor", "Change a vendor; what is left out stays. Cannot archive.", api.Vendors.Update, fisklapi.OpGetVendor, fisklapi.OpUpdateVendor),
	}
}
