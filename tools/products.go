package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func products(api *fisklapi.Client) []Tool {
	return []Tool{
		read("list_products", "List the catalogue of products and services with their prices.", api.Products.List, fisklapi.OpListProducts),
		read("get_product", "Get one catalogue item.", api.Products.Get, fisklapi.OpGetProduct),
		create("create_product", "Add a product or service to the catalogue.", api.Products.Create, fisklapi.OpCreateProduct),
		update("update_product", "Change a catalogue item; what is left out stays. Existing invoices keep the old price.", api.Products.Update, fisklapi.OpGetProduct, fisklapi.OpUpdateProduct),
	}
}
