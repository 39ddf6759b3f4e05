package tools

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi"

func quotes(api *fisklapi.Client) []Tool {
	return []Tool{
		read("list_quotes", "List quotes, newest first. They are made, sent and converted in the Fiskl app.", api.Quotes.List, fisklapi.OpListQuotes),
		read("get_quote", "Get one quote with its lines and taxes.", api.Quotes.Get, fisklapi.OpGetQuote),
	}
}
