package sandbox

import (
	"slices"
	"strings"
)

// ownerPermissions are all permissions Fiskl documents, in the order it documents them.
func ownerPermissions() []string {
	return expand(
		"client read write delete",
		"vendor read write delete",
		"billing_item read write delete",
		"invoice read write send void delete",
		"bill read write delete",
		"quote read write send delete",
		"expense submit",
		"payment read write refund delete",
		"payment_instruction read write",
		"accounting read write reconcile close",
		"bank_connection read write delete",
		"report read export",
		"fx_rate read write",
		"tax read write",
		"product read write delete",
		"inventory read write adjust",
		"purchase_order read write send delete",
		"goods_receipt read write post",
		"document read write delete",
		"brand read write",
		"integration read write delete",
		"user read invite write assign_role delete",
		"accountant read write delete",
		"company read write",
		"audit read",
		"subscription manage delete",
		"api_key create manage",
		"oauth_app install manage",
	)
}

// readOnlyPermissions let somebody view everything and export reports.
func readOnlyPermissions() []string {
	return slices.DeleteFunc(ownerPermissions(), func(permission string) bool {
		return !strings.HasSuffix(permission, ".read") && permission != "report.export"
	})
}

// invoiceOnlyPermissions let somebody invoice clients and take their payments, and see nothing else of the books.
func invoiceOnlyPermissions() []string {
	return expand(
		"client read write",
		"billing_item read write delete",
		"invoice read write send void delete",
		"quote read write send delete",
		"payment read write",
		"payment_instruction read",
		"tax read",
		"product read",
		"company read",
	)
}

// expand spells out "client read write" as client.read and client.write.
func expand(areas ...string) []string {
	var out []string
	for _, area := range areas {
		words := strings.Fields(area)
		for _, action := range words[1:] {
			out = append(out, words[0]+"."+action)
		}
	}
	return out
}
