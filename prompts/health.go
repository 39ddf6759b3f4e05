package prompts

func financialHealthCheck() Prompt {
	return Prompt{
		Name:        "financial_health_check",
		Title:       "Financial health check",
		Description: "Profit, margins, cash, debts and what is owed both ways, with a plain verdict.",
		Arguments:   []Argument{period(""), basis()},

		goal: "Judge from the company's own reports how it is doing: does it earn, can it pay, who owes what. Nothing is changed.",
		steps: []step{
			call("get_financial_ratios", args{{"period", over("period")}, {"basis", from("basis")}},
				"Each ratio with its formula and inputs. A ratio without a value has nothing to be worked out from: it is not 0."),
			call("get_profit_and_loss", args{{"period", over("period")}, {"basis", from("basis")}, {"compare", 1}},
				"The period beside the one before it, with the change. A period that is not over yet is compared with a whole one: say so."),
			call("get_balance_sheet", args{{"period", at("period")}, {"basis", from("basis")}, {"compare", 1}},
				"What it has and owes on the last day, and before."),
			call("get_cash_flow", args{{"period", over("period")}, {"compare", 1}},
				"Where cash came from and went. Profit without cash, or the reverse, needs a reason."),
			call("get_receivables_aging", args{{"detail", true}},
				"What clients owe today by days past due. Is much of it with one client, or old?"),
			call("get_payables_aging", args{{"detail", true}},
				"What is owed to vendors. Two bills of one vendor with the same amount and nearly the same number may be one bill entered twice: name both."),
		},
		check: []string{
			"The ratios and the profit and loss are of the same dates and basis, and their revenue and net profit agree.",
			"Receivables and payables are as of today, the balance sheet of its own day: equal only if the days are.",
		},
		show: []string{
			"A verdict in one sentence: healthy, needs a look, or at risk, and the two or three figures it rests on.",
			"A table of the figures used: revenue, gross and net margin, net profit, cash, current ratio, debt to equity, overdue both ways; each with the one before it.",
			"What is most urgent first, and what to do about it; what is fine in one line.",
		},
		stop: []string{
			"A loss, negative equity, a current ratio under 1 or less cash than is overdue: say it plainly, and that an accountant should look.",
			"Name no cause that no figure shows. Offer the job Why did it change? instead.",
		},
	}
}
