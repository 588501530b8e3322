package safereply

import "regexp"

// OfPrompt reports whether a suggested reply repeats the instructions of the model, or speaks as a
// model about itself.
func OfPrompt(response string) bool {
	for _, text := range readings(response) {
		if ofPrompt.MatchString(text) || ofPromptCJK.MatchString(text) {
			return true
		}
	}
	return false
}

// ofPrompt finds a model that speaks of itself in the first person. "The system prompt of your bot"
// may stand in an honest reply. The phrases of the second group stand in the prompt of package
// openaiclassify, where a test compares them.
var ofPrompt = either(
	`my (?:\p{L}+ )?(?:instructions|prompt|system prompt|programming|guidelines)(?: (?:are|is|say|says|tell|read|were|state|forbid|do not|don't|as|given))?|(?:i|i've) (?:was|am|were|have been|been) (?:instructed|told|programmed|trained|prompted|configured|designed) (?:to|by|not|that|as)|i(?:'m| am) (?:just |only )?an? (?:ai|large|language|artificial|virtual ai|llm|chatbot|classifier)|as an? (?:ai|artificial intelligence|large language|language model|llm)(?:[- ]?(?:model|assistant|language|powered|based))?|` +
		`(?:here is|here are|this is|the following (?:is|are)) (?:my|the) (?:system |full |original |initial )?(?:prompt|instructions i)|(?:system|initial|hidden) (?:prompt|instructions)(?: is| are)?: |` +
		`meine (?:\p{L}+ )?(?:anweisungen|instruktionen|vorgaben) (?:lauten|sind|sagen|verbieten)|mein (?:system-?)?prompt|als (?:eine? )?(?:ki|ki-\p{L}+|künstliche intelligenz|(?:großes )?sprachmodell)|ich bin (?:nur )?eine? (?:ki|ki-\p{L}+|sprachmodell|künstliche)|ich wurde (?:angewiesen|programmiert|trainiert|instruiert)|` +
		`mes instructions (?:sont|disent|indiquent|précisent|m')|mon prompt|en tant (?:qu'|que )(?:ia|intelligence artificielle|modèle de langage|modèle)|je suis (?:un|une) (?:ia|intelligence artificielle|modèle de langage)|on m'a (?:demandé|ordonné) de (?:ne|classer|répondre en)|` +
		`mis instrucciones (?:son|dicen|indican)|como (?:una? |um |uma )?(?:ia|inteligencia artificial|inteligência artificial|modelo de lenguaje|modelo de linguagem)|soy (?:una?|un) (?:ia|inteligencia artificial|modelo de lenguaje)|minhas instruções (?:são|dizem)|sou (?:um|uma) (?:ia|inteligência artificial|modelo de linguagem)|` +
		`le mie istruzioni (?:sono|dicono)|in quanto (?:ia|intelligenza artificiale|modello linguistico)|come (?:ia|modello linguistico|intelligenza artificiale)|sono un(?:'|a )?(?:ia|intelligenza artificiale|modello linguistico)|mijn instructies (?:zijn|luiden)|als (?:ai|taalmodel|een ai|ai-model)(?:-\p{L}+)?|ik ben een (?:ai|taalmodel)|moje instrukcje (?:to|brzmią|są)|jako (?:model językowy|ai|sztuczna inteligencja)|мои инструкции|как (?:языковая модель|ии)|` +
		// of the prompt
		`you triage the tickets|you are a (?:classifier|triage|support ticket)\p{L}*|answer with (?:one|a|that|a single) json object|untrusted (?:text|data|ticket|resolved)|never an instruction to you|tries to steer you|suggested_response|what the situation calls for, not what|an agent may start from|the resolved tickets belong to other|from 0 to 1, how likely|or "?unknown"? when none|many people cannot work, data is lost`)

var ofPromptCJK = regexp.MustCompile(`我是(?:一个)?(?:人工智能|ai|语言模型)|作为(?:一个|一名)?(?:人工智能|ai|语言模型)|我的(?:指令|系统提示)|aiとして|言語モデル(?:として|である)|저는 (?:ai|인공지능|언어 ?모델)`)
