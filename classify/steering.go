package classify

import (
	"encoding/base64"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Steers reports whether a text addresses a model rather than people. It looks for orders about
// instructions or answers, forged marks of a conversation or of an answer, and requests for hidden
// data. It looks through invisible characters, letters of other scripts, digits for letters, spaced
// letters, HTML, percent signs, rot13 and base64. A request to people, for example for urgent
// treatment, is no attempt to steer.
func Steers(text string) bool {
	for _, reading := range readings(text) {
		for i := range steering {
			if steering[i].in(reading) {
				return true
			}
		}
	}
	return false
}

// order is a pattern of steering. words are a cheap test: without one of them there is no match.
type order struct {
	words []string
	match *regexp.Regexp
}

func (o *order) in(reading string) bool {
	for _, w := range o.words {
		if strings.Contains(reading, w) {
			return o.match.MatchString(reading)
		}
	}
	return false
}

func says(pattern string, words ...string) order { return order{words, regexp.MustCompile(pattern)} }

// Parts of the rules below. Texts are in lower case, on one line, with one space between words.
const (
	rank  = `(?:urgent|high|highest|critical|top|p[01]|maximum|max|emergency|sev ?[01]|billing|technical|account|bug_report|feature_request)`
	thing = `(?:this|the|my|that) (?:support )?(?:ticket|request|case|message|e-?mail|issue|conversation)`
	kind  = `(?:billing|technical|account|bug_report|feature_request)`
	grade = `(?:urgent|high|highest|critical)`
	pair  = `["'*]?(?:` + kind + `["'*]? ?(?:and|,|/|with|as) ?(?:with )?(?:priority )?["'*]?` + grade + `|` + grade + `["'*]? ?(?:and|,|/|in|with) ?(?:category )?["'*]?` + kind + `)\b`
	given = `(?:\b(?:this|these|following|exact|exactly|words?|sentence|phrase|text|address|code)\b|https?:|www\.|[a-z0-9]\.[a-z]{2,}|\d{3}|[:"])`
	brain = `(?:ai|a\.i\.|llm|language model|large language model|gpt[-\d.]*|chatgpt|model|classifier|triage (?:bot|system|ai|agent|model|assistant)|ai (?:assistant|agent|model|system|classifier))`
)

var steering = []order{
	// Marks of a conversation with a model, and of its answer.
	says(`<\|? ?(?:im_start|im_end|system|assistant|user|endoftext|end_of_turn|start_header_id|eot_id)\b|\[/?inst\]|<</?sys>>|<(?:system|assistant|instructions?|admin_override|developer)>`, "<", "["),
	says(`#{2,} ?(?:system|new |updated |override )?(?:instructions?|prompt|system|system message|response format)\b|-{3,} ?(?:end|begin|start) (?:of )?(?:the )?(?:ticket|user input|system|prompt|instructions?|untrusted)`, "##", "---"),
	says(`(?:^|[\n.!?>"*-]\s*|\\n)(?:system|assistant|developer|ai|llm|classifier|model|system (?:message|note|notice|update)|admin (?:note|override))(?: ?\([^)]{0,30}\))?: ?(?:you\b|ignore|set |classify|new |from now|override|reply|respond|answer|mark |the (?:following|user|customer|previous|above)|forget|disregard|always|always |never|treat|please (?:set|classify|mark|ignore)|priority|update|confidence|this ticket|do not|please|output|for this|discard|obey|choose|route|execute|the customer is)|(?:^|[\n.!?>] ?)(?:assistant|classifier|chatbot)[,:] ?(?:from now|please (?:set|treat|ignore)|ignore|forget|treat|answer|set|you)`, "system", "assistant", "developer", "admin", "ai:", "llm", "classifier", "model", "chatbot"),
	says(`suggested_response["']? ?[:=]|(?:set|fill|put|write|change)\b.{0,30}\bsuggested_response|["'](?:suspicious|confidence)["'] ?: ?|["']category["'] ?: ?["'][a-z_]+["'].{0,80}["']priority["'] ?:|["']priority["'] ?: ?["'][a-z]+["'].{0,80}["']category["'] ?:|["']role["'] ?: ?["'](?:system|assistant|user|developer)["']`, "suggested_response", "suspicious", "confidence", "category", "role"),

	// Orders about instructions.
	says(`\b(?:ignore|ignoring|disregard|forget|override|bypass|overrule|discard|skip|drop|do not follow|don'?t follow|stop following|cancel|neglect|set aside)\b.{0,50}\b(?:instructions?|prompts?|directives?|guidelines|system message|guardrails|programming|safety rules|your rules|the rules (?:above|you)|previous rules|rules (?:above|before)|training|(?:your|earlier|previous|prior) (?:guidance|orders|directions|guidelines)|guidance you|orders you|(?:your|the) (?:developer|operator|creator|provider)s?)\b`, "instruction", "prompt", "directive", "guideline", "system message", "guardrail", "programming", "rules", "training", "guidance", "orders", "directions", "operator", "developer", "creator", "provider"),
	says(`\bnew (?:task|instructions?|directive|rules?|system prompt)(?: for (?:you|the))? ?[:.-]|\byour (?:new|real|true|actual|only) (?:task|job|instructions?|purpose|goal|role) (?:is|are)\b|\bfrom now on,? (?:you|answer|reply|respond|every|all tickets|treat every|classify|label|route every|mark every)\b|\b(?:the )?instructions (?:above|before this|you were given)\b|\byour (?:previous|prior|original|initial) (?:instructions|prompt|orders)\b`, "new ", "your ", "from now on", "instructions"),
	says(`\b(?:jailbreak (?:mode|yourself|prompt|enabled)|do anything now|dan mode|developer mode enabled|god mode|debug mode: ?on|maintenance mode: ?on)\b`, "jailbreak", "injection", "anything now", "mode"),
	says(`\b(?:reveal|show|print|repeat|output|display|leak|share|tell|give|send|write|paste|quote|dump|recite|what (?:is|are|was))\b.{0,40}\b(?:system prompt|your (?:full |hidden |initial |original |secret )?(?:prompt|instructions|system message)|hidden instructions|the (?:text|words|prompt|instructions) above|your rules)\b`, "prompt", "instructions", "system message", "above", "rules"),

	// Addresses to a model.
	says(`\byou are (?:now |actually |really |only )?(?:an? |the |our |my )?(?:\w+ ){0,2}`+brain+`\b|\byou are (?:now )?(?:an? |the )?(?:helpful |unrestricted |obedient )?(?:assistant|chatbot|bot|machine|automated)\b|\byou(?:'re| will| must| should) now (?:an?|act|be)\b|\b(?:pretend|imagine|act as if|behave as if) (?:to be|you are|you have|that you|that your|your)\b|\bstay in character\b|\b(?:without|free of|no) (?:any |all )?(?:restrictions|limitations|guardrails),? (?:who|that|which|and) |\byou must (?:now )?(?:choose|pick|select) ["'*]?`+rank+`\b|\byou must (?:now )?(?:comply|obey|answer with|classify|output|return|set)\b`, "you are", "you're", "you must", "you will", "you should", "pretend", "imagine", "as if", "character", "without", "free of", "no "),
	says(`\b(?:dear|hey|hello|hi|attention|note to|notice to|message (?:to|for)|instructions? (?:to|for)|for) (?:the |any |all |our |your )?`+brain+`s?(?: (?:reading|processing|handling|that|who|which)| ?[:,!.-])|\b`+brain+`s? (?:reading|processing|handling|triaging|that (?:reads|processes|triages|classifies)) (?:this|these)|\b(?:if|when|since|as) (?:you are|you're|you,? as) (?:an? )?`+brain+`\b|\bif an? `+brain+` (?:reads|is reading|processes|sees|handles)|\bas an? (?:ai|language model|ai language model),? (?:you|your)\b`, "ai", "a.i.", "llm", "model", "gpt", "classifier", "triage"),

	// Orders about the answer.
	says(`\b(?:set|change|raise|put|make|switch|force|bump|adjust|assign|update|elevate|override)\b.{0,15}\bpriority\b(?: (?:of|for) `+thing+`| level| field| value)?(?: ?(?:to|as|at|on|=|:|into) ?)["'*]?`+rank+`\b|\bassign (?:a |an )?priority (?:of )?["'*]?`+rank+`\b|\b(?:priority|category) (?:must|should|has to|is to|shall|needs to) be (?:set to )?["'*]?`+rank+`\b|\b(?:priority|category|confidence) ?= ?["'*]?(?:`+rank+`|1|0?\.9\d*)\b|\b(?:confidence) (?:of|to|must be|should be|at) ?(?:1(?:\.0+)?|0?\.9\d*|100 ?%|maximum)`, "priority", "category", "confidence"),
	says(`\b(?:mark|classify|categori[sz]e|label|tag|flag|rate|route|file|triage|score|rank)\b ?(?:`+thing+`|this|it) (?:as|under|to|with|into|in)(?: an?| the)? ?(?:category |priority |top |level )?["'*]?(?:`+rank+`)["'*]?(?: (?:priority|category|severity)|[ .,;!"'*]*(?:and|with|\.?$)| regardless| no matter)`, "mark", "classify", "categori", "label", "tag", "flag", "rate", "route", "file", "triage", "score", "rank"),
	says(`\b(?:classify|categori[sz]e|triage) (?:`+thing+`|this|it|me|all|every(?:thing)?)\b`, "classify", "categori", "triage"),
	says(`\b(?:respond|reply|answer|output|return|print|write|say)(?: back)? (?:only|just|exactly|nothing but|solely|strictly)\b.{0,30}\b(?:json|`+rank+`|the (?:word|following|text|link)|ok|approved|this)\b|\b(?:respond|reply|answer)(?: only)? (?:in|with|using) (?:valid |raw |this |the following )?json\b|\breturn (?:the following|this) (?:json|object|answer)\b|\b(?:output|emit) (?:the following|this|exactly)\b`, "respond", "reply", "answer", "output", "return", "print", "write", "say", "emit"),
	says(`\b(?:include|insert|add|put|place|mention|embed|append|paste|use|render|show|display)\b.{0,60}`+given+`.{0,60}\b(?:in|into|to|(?:at|to) the (?:end|top|start|beginning) of) (?:your|the|every|each|any|all) (?:suggested |generated |automatic |ai |draft |final )?(?:repl(?:y|ies)|responses?|answers?|drafts?|outputs?)\b|\bin (?:your|the|every) (?:suggested |generated |ai |draft )?(?:reply|response|answer|output)s?,? (?:please )?(?:include|insert|add|put|write|say|tell|mention|link|ask|state|direct|promise|quote|copy|paste)\b|\b(?:the|your) (?:suggested |generated |draft )?(?:reply|response|answer|draft) (?:must|should|has to|shall|needs to) (?:be|say|contain|include|tell|ask|start|end|read|link|direct|promise|consist)\b`, "repl", "response", "answer", "draft", "output"),
	says(`\b(?:show|list|give|print|reveal|quote|copy|send|share|repeat|dump)\b.{0,30}\b(?:tickets|messages|resolutions|conversations|requests|passwords) (?:of|from|by) (?:the |any |all )?(?:other|another|different) |\b(?:show|list|include|give|print|reveal|quote|copy|paste|tell|send|share|repeat|summari[sz]e|what did|dump)\b.{0,50}\b(?:other|another|previous|similar|different|all|last|someone else'?s?) (?:customers?|users?|clients?|tenants?|people)(?:'s?|s'|’s)? (?:tickets?|messages?|resolutions?|names?|data|details|e-?mails?|addresses|conversations|requests|passwords?)|\b(?:similar|resolved|other|previous) tickets?\b.{0,30}\b(?:you (?:were|are|have been) (?:given|shown)|in your (?:context|prompt|input)|verbatim|word for word)|\b(?:verbatim|word for word)\b.{0,40}\b(?:similar|other|resolved) tickets?`, "customer", "user", "client", "tenant", "ticket", "people"),

	// An answer in the words of the schema, and claims of authority for it.
	says(`\b(?:answer|output|return|label|labels|labelled|classif\w+|respond|reply|choose|say|says|write|read|emit|select|only|always|always:|execute)\b.{0,60}`+pair+`|["']`+pair+`["']|\bcategory ?(?:is|=|:)? ?["'*]?`+kind+`["'*]?,? ?(?:and|with|,|;)? ?priority ?(?:is|=|:)? ?["'*]?`+grade+`|\bpriority ?(?:is|=|:)? ?["'*]?`+grade+`["'*]?,? ?(?:and|with|,|;)? ?category ?(?:is|=|:)? ?["'*]?`+kind+`|\b(?:output|emit) ["'*]?`+rank+`\b|\bclassif(?:y|ied) (?:as|under) ["'*]?`+rank+`\b|\b[kcк][aа](?:t|т|té)[eе][gг][oо]?\p{L}*["'*:=| ]{1,4}(?:(?:is|to|as|na|till|auf|à|a|en)\b)?["'*:=| ]{0,4}`+kind+`\b.{0,60}\b`+grade+`\b|\b`+grade+`\b.{0,60}[kcк][aа](?:t|т|té)[eе][gг]\p{L}*["'*:=| ]{1,4}(?:(?:is|to|as|na|till|auf|à|a|en)\b)?["'*:=| ]{0,4}`+kind+`\b|\b(?:every|each|all) tickets? (?:is|are|as|must be|should be|the grade|gets?)\b.{0,20}`+rank+`|\byour (?:output|answer|classification|verdict|result|response|decision)s? (?:is|are|must be|shall be|will be|has to be|should be)\b.{0,40}\b(?:category|priority|`+kind+`|`+grade+`)`,
		"billing", "technical", "account", "bug_report", "feature_request", "output", "classif", "priority"),
	says(`\b(?:must not|do not|don'?t|never|without)(?: ever)? (?:flag|mark|report|label|treat)\w* (?:this (?:message|ticket|text|request)|it) (?:as )?(?:suspicious|hostile|an attack)|\b(?:not suspicious|suspicious ?[=:] ?(?:false|0|no))\b`, "suspicious", "hostile", "attack"),
	says(`\b(?:this is|we are|i am|i'm|as|on behalf of) (?:the |your )?(?:openai|anthropic|provider|operator|developer|vendor|maker|creator|owner|administrator|admin)s?\b.{0,90}\b(?:(?:authori[sz]e|permit|allow|instruct|order|command|hereby|override|unlock)\w*\b.{0,40}\b(?:assistant|model|classifier|ai|checks|configuration|safeguards)\b)`, "assistant", "model", "classifier", " ai", "checks", "configuration", "safeguards"),
	says(`\b(?:translate|decode|decrypt|unscramble|decipher|read|reverse|concatenate)\b.{0,90}\b(?:and|then) (?:then )?(?:obey|execute|follow|carry out|act on|do (?:as|what)) (?:it|them|that|what|the result)\b|\b(?:obey|execute|carry out) (?:it|them|the result|what it says)\b`, "obey", "execute", "follow", "carry out", "act on", "do as", "do what"),
	says(`\b(?:when|if|whenever|before|as) you (?:write|reply|respond|answer|get|come)(?: back)? to (?:the|this|our) (?:customer|user|reader|client)\b|\b(?:so that|until) (?:they|the customer|the user|the reader) (?:can )?(?:confirm|verif|enter|sign|log|pay|click)\w*.{0,60}(?:https?:|www\.)`, "customer", "user", "reader", "client", "they"),
	says(`\b(?:repl(?:y|ies)|answers?|responses?|drafts?) (?:that |which )?you (?:draft|write|give|send|generate|make)\b.{0,40}\b(?:must|has to|have to|should|needs? to|shall)\b|\b(?:the|this) (?:customer|user|reader|client)\b.{0,60}(?:https?:|www\.).{0,60}\byour (?:reply|answer|response)`, "reply", "replies", "answer", "response", "draft"),
	says(`\b(?:messages?|text|prompt|words) (?:before|above|preceding) (?:this|mine|my) (?:one|message|ticket|text)\b|\b(?:customers?|users?|tickets?|people)\b.{0,30}\byou (?:were|are|have been) (?:given|shown|told)\b`, "before", "above", "preceding", "given", "shown", "told"),
	says(`\b(?:who|what)ever (?:automatically )?(?:processes|reads|triages|classifies|parses) this\b|\b(?:overwrite|reconfigure|reprogram|rewrite) your(?:self)?\b`, "processes", "reads", "triages", "classifies", "parses", "your"),
	says(`(?:<!--|display: ?none|visibility: ?hidden|font-size: ?0|opacity: ?0|color: ?(?:white|#fff)).{0,160}\b(?:`+brain+`|assistant|instructions?|prompt|ignore|disregard|discard|priority|classify|category)\b`, "<!--", "none", "hidden", "font-size", "opacity", "color"),

	// The same in other languages.
	says(`(?:ignorier\p{L}*|vergiss|vergessen sie|missachte\p{L}*|übergeh\p{L}*) .{0,40}(?:anweisung|instruktion|vorgabe|systemprompt|prompt|deine regeln|ihre regeln|alle regeln|bisherigen regeln)|(?:du bist|sie sind) (?:jetzt |nun |ab jetzt |eigentlich )?(?:nur )?(?:ein |eine |der |die |das )?(?:ki\b|künstliche intelligenz|assistent|klassifikator|chatbot|sprachmodell|bot\b|hilfreicher assistent)|(?:setz\p{L}*|stell\p{L}*|stuf\p{L}*|markier\p{L}*|klassifizier\p{L}*|kategorisier\p{L}*|ordne\p{L}*) .{0,40}(?:priorität|ticket|kategorie|anfrage) .{0,40}(?:dringend|urgent|hoch|höchste|kritisch|billing)|antworte\p{L}* (?:nur|ausschließlich|genau) mit|(?:füge|schreib\p{L}*|setz\p{L}*|nimm) .{0,60}(?:in (?:deine|die|ihre) antwort)|an die ki\b|(?:zeig\p{L}*|nenn\p{L}*|verrat\p{L}*|gib) .{0,40}(?:systemprompt|deine anweisungen|anderer kunden|tickets anderer)`,
		"anweisung", "instruktion", "vorgabe", "prompt", "regeln", "du bist", "sie sind", "priorität", "ticket", "kategorie", "anfrage", "antwort", " ki", "kunden"),
	says(`(?:ignore[rz]?|oublie[rz]?|ne tiens pas compte|ne tenez pas compte) .{0,40}(?:instructions|consignes|directives|règles précédentes|prompt)|(?:tu es|vous êtes) (?:maintenant |désormais |en fait )?(?:une? |l['’]|le )?(?:ia\b|intelligence artificielle|assistant|classificateur|classifieur|modèle|chatbot)|(?:mets|mettez|mettre|définis\p{L}*|fixe[rz]?|classe[rz]?|marque[rz]?) .{0,40}(?:priorité|ticket|demande|catégorie) .{0,40}(?:urgent|haute|élevée|maximale|critique|facturation)|répond\p{L}* (?:uniquement|seulement|exactement) (?:avec|par)|(?:ajoute[rz]?|inclus\p{L}*|insère\p{L}*|mets|mettez) .{0,60}dans (?:ta|votre|la) réponse|(?:montre\p{L}*|affiche\p{L}*|donne\p{L}*|révèle\p{L}*) .{0,40}(?:prompt|tes instructions|autres clients)`,
		"instructions", "consignes", "directives", "règles", "prompt", "tu es", "vous êtes", "priorité", "ticket", "demande", "catégorie", "répond", "réponse", "clients"),
	says(`(?:ignor[ae]\p{L}*|olvid[ae]\p{L}*|descarta|haz caso omiso de|no sigas) .{0,40}(?:instrucciones|indicaciones|reglas anteriores|órdenes|prompt)|(?:eres|usted es) (?:ahora |en realidad )?(?:una? |el |la )?(?:ia\b|inteligencia artificial|asistente|clasificador|modelo|chatbot)|(?:establece|establezca|pon|ponga|fija|fije|marca|marque|clasifica|clasifique|cambia|cambie|asigna|asigne)\b.{0,40}(?:prioridad|ticket|tique|solicitud|categoría) .{0,40}(?:urgente|alta|máxima|crítica|facturación|billing)|respond\p{L}* (?:solo|sólo|únicamente|exactamente) con|(?:incluye|incluya|añade|agrega|pon|inserta) .{0,60}en (?:tu|su|la) respuesta|(?:muestra|muestre|revela|dame|dime) .{0,40}(?:prompt|tus instrucciones|otros clientes)`,
		"instrucciones", "indicaciones", "reglas", "órdenes", "prompt", "eres", "usted es", "prioridad", "ticket", "tique", "solicitud", "categoría", "respond", "respuesta", "clientes"),
	says(`(?:ignor[ea]\p{L}*|esque[çc]\p{L}*|desconsider\p{L}*) .{0,40}(?:instruções|regras anteriores|orientações|prompt)|(?:você é|tu és) (?:agora )?(?:uma? |o |a )?(?:ia\b|inteligência artificial|assistente|classificador|modelo|robô)|(?:defina|define|coloque|coloca|marque|marca|classifique|classifica|mude|altere) .{0,40}(?:prioridade|ticket|chamado|pedido|categoria) .{0,40}(?:urgente|alta|máxima|crítica)|respond\p{L}* (?:apenas|somente|só|exatamente) com|(?:inclua|inclui|adicione|insira|coloque) .{0,60}na (?:sua|tua|) ?resposta|(?:mostre|mostra|revele|revela) .{0,40}(?:prompt|suas instruções|outros clientes)`,
		"instruções", "regras", "orientações", "prompt", "você é", "tu és", "prioridade", "ticket", "chamado", "pedido", "categoria", "respond", "resposta", "clientes"),
	says(`(?:ignora\p{L}*|dimentica\p{L}*|trascura) .{0,40}(?:istruzioni|regole precedenti|direttive|prompt)|(?:sei|lei è) (?:ora |adesso |in realtà )?(?:una? |un['’]|il |l['’])?(?:ia\b|intelligenza artificiale|assistente|classificatore|modello|chatbot)|(?:imposta|imposti|metti|metta|segna|segni|classifica|classifichi|assegna) .{0,40}(?:priorità|ticket|richiesta|categoria) .{0,40}(?:urgente|alta|massima|critica)|rispondi (?:solo|soltanto|esclusivamente) con|(?:includi|inserisci|aggiungi) .{0,60}nella (?:tua |)risposta|(?:mostra|rivela) .{0,40}(?:prompt|tue istruzioni|altri clienti)`,
		"istruzioni", "regole", "direttive", "prompt", "sei ", "lei è", "priorità", "ticket", "richiesta", "categoria", "rispondi", "risposta", "clienti"),
	says(`(?:negeer|vergeet|sla) .{0,40}(?:instructies|regels hierboven|aanwijzingen|richtlijnen|prompt)|(?:je bent|jij bent|u bent) (?:nu |eigenlijk )?(?:een |de )?(?:ai\b|assistent|classificator|taalmodel|chatbot|kunstmatige)|(?:zet|stel|markeer|classificeer|verhoog) .{0,40}(?:prioriteit|ticket|verzoek|categorie) .{0,40}(?:urgent|hoog|dringend|hoogste|kritiek)|antwoord (?:alleen|uitsluitend|enkel) met|(?:voeg|zet|neem) .{0,60}(?:in|aan) (?:je|uw|het) antwoord|(?:toon|geef|laat) .{0,40}(?:prompt|je instructies|andere klanten)`,
		"instructies", "regels", "aanwijzingen", "richtlijnen", "prompt", " bent", "prioriteit", "ticket", "verzoek", "categorie", "antwoord", "klanten"),
	says(`(?:zignoruj|ignoruj|pomiń|zapomnij o?) .{0,40}(?:instrukcj|polece|zasad|wytyczn)|jesteś (?:teraz )?(?:asystentem|klasyfikatorem|modelem|sztuczną|botem)|(?:ustaw|oznacz|zaklasyfikuj|nadaj) .{0,40}(?:priorytet|zgłoszeni|kategori)\p{L}* .{0,40}(?:piln|wysok|najwyższ|krytyczn|urgent)|odpowiedz (?:tylko|wyłącznie) |(?:dodaj|umieść) .{0,60}w (?:swojej )?odpowiedzi`,
		"instrukcj", "polece", "zasad", "wytyczn", "jesteś", "priorytet", "zgłoszeni", "kategori", "odpowied"),
	says(`(?:игнорируй|игнорируйте|проигнорируй|забудь|забудьте)(?:те)? .{0,40}(?:инструкци|указани|правил|промпт)|(?:ты|вы) (?:теперь )?(?:ассистент|ии\b|искусственный|классификатор|модель|бот\b)|(?:установи|поставь|отметь|присвой|измени)\p{L}* .{0,40}(?:приоритет|тикет|заявк|категори)\p{L}* .{0,40}(?:срочн|высок|критич|максимал|urgent)|ответь\p{L}* (?:только|исключительно)|(?:добавь|вставь|включи) .{0,60}в (?:свой |твой |)ответ|системн\p{L}* (?:промпт|подсказк)`,
		"инструкци", "указани", "правил", "промпт", "ассистент", "ии", "классификатор", "модель", "приоритет", "тикет", "заявк", "категори", "ответ", "подсказк"),
	says(`(?:忽略|无视|忘记|忽視|無視して).{0,14}(?:指令|指示|说明|规则|提示)|你(?:现在)?(?:是|就是).{0,8}(?:助手|人工智能|ai|分类器|模型)|(?:优先级|優先級).{0,6}(?:设|改|调|標).{0,6}(?:紧急|最高|高|urgent)|(?:设置|设为|标记为|标记).{0,12}(?:紧急|最高优先)|系统提示|(?:回复|回答).{0,4}(?:中|里).{0,6}(?:加入|包含|插入)`,
		"指令", "指示", "说明", "规则", "提示", "你", "优先", "紧急", "回"),
	says(`(?:指示|命令|ルール|プロンプト|設定).{0,8}(?:無視|忘れ|破棄)|(?:無視|忘れて).{0,10}(?:指示|命令|ルール)|あなたは.{0,14}(?:ai|アシスタント|分類器|モデル|人工知能)|優先度を.{0,10}(?:緊急|最高|高|urgent)|システムプロンプト|(?:返信|回答)に.{0,20}(?:リンク|url|http).{0,12}(?:含め|入れ|追加|記載)`,
		"指示", "命令", "ルール", "プロンプト", "設定", "あなたは", "優先度", "返信", "回答"),
	says(`(?:تجاهل|تجاهلي|تجاهلوا|انس[َى]?|انسي|انسوا|أهمل|لا تتبع|تخط[َىّ]?).{0,30}(?:تعليمات|التعليمات|توجيهات|التوجيهات|أوامر|الأوامر|قواعد|القواعد|الموجه)|(?:اجعل|اضبط|عيّن|حدد|ضع).{0,20}(?:الأولوية|أولوية|الفئة).{0,30}(?:عاجل|قصوى|عالية|urgent|billing)|أنت الآن.{0,20}(?:مساعد|نموذج|ذكاء)|أيها (?:النموذج|المساعد|الذكاء)|في (?:الرد|ردك|إجابتك).{0,20}(?:الرابط|https?:)`,
		"تعليمات", "توجيهات", "أوامر", "الأوامر", "قواعد", "القواعد", "الموجه", "أولوية", "الأولوية", "الفئة", "أنت", "أيها", "الرد", "ردك", "إجابتك"),
	says(`(?:talimat|komut|yönerge|kural|sistem mesaj|istem)\p{L}*.{0,20}(?:yok say|görmezden gel|unut|dikkate alma|atla|geçersiz)\p{L}*|(?:yok say|görmezden gel|unut)\p{L}* .{0,30}(?:talimat|komut|yönerge|kural)|öncelik\p{L}*.{0,30}(?:acil|yüksek|urgent).{0,30}(?:yap|ayarla|belirle|kategori)|artık (?:bir )?\p{L}* ?(?:sınıflandırıcı|asistan|yapay zeka|model)|sadece .{0,30}(?:urgent|billing).{0,20}yaz`,
		"talimat", "komut", "yönerge", "kural", "sistem", "istem", "öncelik", "artık", "sadece"),
	says(`(?:지시|명령|규칙|프롬프트|지침)\p{L}*.{0,12}(?:무시|잊|따르지)|(?:무시|잊어).{0,16}(?:지시|명령|규칙|프롬프트|지침)|우선 ?순위\p{L}*.{0,12}(?:긴급|최고|높음|urgent)|(?:너는|당신은).{0,14}(?:ai|어시스턴트|분류기|모델|인공지능)|시스템 ?프롬프트|답변에.{0,20}(?:링크|http)`,
		"지시", "명령", "규칙", "프롬프트", "지침", "우선", "너는", "당신은", "답변에"),
	says(`(?:ігноруй|проігноруй|забудь|ignoruj|ignorujte|zapomeň|zapomeňte|ignorera|glöm|bortse från|ignorer|glem|se bort fra|ohita|unohda|ignoră|ignorați|uită|hagyd figyelmen kívül|felejtsd el|αγνόησε|ξέχασε|התעלם|שכח|abaikan|lupakan|bỏ qua|quên)\p{L}* .{0,40}(?:інструкц|вказів|правил|instrukc|pokyn|pravidl|instruktion|anvisning|regler|instruks|ohje|instrucțiun|reguli|utasítás|szabály|οδηγί|κανόν|הוראות|הנחיות|instruksi|perintah|hướng dẫn|chỉ thị|prompt)|(?:निर्देश|आदेश|คำสั่ง|utasítás)\P{Z}*.{0,30}(?:अनदेखा|भूल|hagyd|felejtsd)|(?:ละเว้น|เพิกเฉย|ลืม).{0,20}(?:คำสั่ง|คำแนะนำ)`,
		"інструкц", "вказів", "правил", "instrukc", "pokyn", "pravidl", "instruktion", "anvisning", "regler", "instruks", "ohje", "instrucțiun", "reguli", "utasítás", "szabály", "οδηγί", "κανόν", "הוראות", "הנחיות", "instruksi", "perintah", "hướng dẫn", "chỉ thị", "prompt", "निर्देश", "आदेश", "คำสั่ง", "คำแนะนำ"),
	// Words of the schema in another script.
	says(`[^\x00-\x{24f}\s]{2}.{0,200}\b(?:bug_report|feature_request|`+kind+`\b.{0,40}\burgent|urgent\b.{0,40}\b`+kind+`)\b`, "bug_report", "feature_request", "urgent"),
}

// readings returns the forms in which a model may read a text: as it is, and without disguises, in
// lower case and with single spaces.
func readings(text string) []string {
	plain := visible(strings.Map(tag, text))
	list := []string{plain}
	add := func(s string) {
		if s != list[0] && utf8.ValidString(s) {
			list = append(list, s)
		}
	}
	add(html.UnescapeString(plain))
	if strings.Contains(plain, "%") {
		if s, err := url.PathUnescape(strings.ReplaceAll(plain, "+", " ")); err == nil {
			add(s)
		}
	}
	for _, run := range encoded.FindAllString(plain, 50) {
		if s, ok := decoded(run); ok {
			add(s)
		}
	}
	for _, s := range list[:len(list):len(list)] {
		folded := strings.Map(latin, strings.ToLower(s))
		add(folded)
		add(together(folded))
		add(strings.Map(letter, folded))
		add(strings.Map(rot13, s))
	}
	for i, s := range list {
		list[i] = strings.Join(strings.Fields(strings.ToLower(s)), " ")
	}
	return append(list, strings.ToLower(plain)) // with its lines
}

// tag maps the tag characters of Unicode to ASCII. People do not see them, but models can read
// them.
func tag(r rune) rune {
	if r >= 0xe0020 && r <= 0xe007e {
		return r - 0xe0000
	}
	return r
}

// encoded is a run that may be base64.
var encoded = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}={0,2}`)

// decoded returns the text in a run of base64, if it is one.
func decoded(run string) (string, bool) {
	run = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(run, "="))
	b, err := base64.RawStdEncoding.DecodeString(run[:len(run)/4*4])
	if err != nil || !utf8.Valid(b) {
		return "", false
	}
	words := 0
	for _, r := range string(b) {
		switch {
		case unicode.IsLetter(r) || unicode.IsSpace(r):
			words++
		case unicode.IsControl(r):
			return "", false
		}
	}
	return string(b), words*10 >= len(b)*7
}

// apart is a word with separators between all of its letters: "i g n o r e", "i.g.n.o.r.e".
var apart = regexp.MustCompile(`(?:\b\p{L}[ ._*-]){3,}\p{L}\b`)

func together(s string) string {
	return apart.ReplaceAllStringFunc(s, func(m string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) {
				return r
			}
			return -1
		}, m)
	})
}

// latin maps letters of other scripts to Latin letters that look like them.
func latin(r rune) rune {
	if at := strings.IndexRune(lookalikes, r); at >= 0 && r > unicode.MaxASCII {
		return rune(looks[utf8.RuneCountInString(lookalikes[:at])])
	}
	return r
}

const (
	lookalikes = "аеорсухіјѕԁһԛԝɡӏмтнвкαεορυνικτχɩӓёөß"
	looks      = "aeopcyxijsdhqwgimthbkaeopuviktxiaeoß"
)

// letter maps digits and signs to the letters they replace.
func letter(r rune) rune {
	if at := strings.IndexRune("013457@$!|", r); at >= 0 {
		return rune("oieastasil"[at])
	}
	return r
}

func rot13(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z':
		return 'a' + (r-'a'+13)%26
	case r >= 'A' && r <= 'Z':
		return 'A' + (r-'A'+13)%26
	}
	return r
}
