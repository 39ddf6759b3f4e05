package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func clients(api *fisklapi.Client) []Tool {
	return []Tool{
		read("list_clients", "List clients.", api.Clients.List, fisklapi.OpListClients),
		read("get_client", "Get one client: addresses, e-mails, currency, tax number, notes.", api.Clients.Get, fisklapi.OpGetClient),
		create("create_client", "Create a client.", api.Clients.Create, fisklapi.OpCreateClient),
		update("update_client", "Change a client; what is left out stays. Existing documents keep the old details. Cannot archive.", api.Clients.Update, fisklapi.OpGetClient, fisklapi.OpUpdateClient),
	}
}
