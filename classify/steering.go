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

// Steers reports whether a text speaks to a model rather than to people: whether it gives orders about its instructions or its answer,
// forges the marks of a conversation or of an answer, or asks for what is hidden. It looks through invisible characters, letters of
// other scripts, digits for letters, letters apart, HTML, percent signs, rot13 and base64. What a customer may want of people, such as
// to be treated as urgent, is none of it.
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

// order is something a steering text says. words are cheap to look for: without one of them there is no match.
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

// What the rules below are made of. Texts are in lower case, on one line, with one space between words.
const (
	rank  = `(?:urgent|high|highest|critical|top|p[01]|maximum|max|emergency|sev ?[01]|billing|technical|account|bug_report|feature_request)`
	thing = `(?:this|the|my|that) (?:support )?(?:ticket|request|case|message|e-?mail|issue|conversation)`
	brain = `(?:ai|a\.i\.|llm|language model|large language model|gpt[-\d.]*|chatgpt|model|classifier|triage (?:bot|system|ai|agent|model|assistant)|ai (?:assistant|agent|model|system|classifier))`
)

var steering = []order{
	// The marks of a conversation with a model, and of its answer.
	says(`<\|? ?(?:im_start|im_end|system|assistant|user|endoftext|end_of_turn|start_header_id|eot_id)\b|\[/?inst\]|<</?sys>>|<(?:system|assistant|instructions?|admin_override|developer)>`, "<", "["),
	says(`#{2,} ?(?:system|new |updated |override )?(?:instructions?|prompt|system|system message|response format)\b|-{3,} ?(?:end|begin|start) (?:of )?(?:the )?(?:ticket|user input|system|prompt|instructions?|untrusted)`, "##", "---"),
	says(`(?:^|[\n.!?>"*-]\s*|\\n)(?:system|assistant|developer|system (?:message|note|notice|update)|admin (?:note|override))(?: ?\([^)]{0,30}\))?: ?(?:you\b|ignore|set |classify|new |from now|override|reply|respond|answer|mark |the (?:following|user|customer|previous|above)|forget|disregard|always|always |never|treat|please (?:set|classify|mark|ignore)|priority|update|confidence|this ticket|do not|please|output|for this)`, "system", "assistant", "developer", "admin"),
	says(`suggested_response|["'](?:suspicious|confidence)["'] ?: ?|["']category["'] ?: ?["'][a-z_]+["'].{0,80}["']priority["'] ?:|["']priority["'] ?: ?["'][a-z]+["'].{0,80}["']category["'] ?:|["']role["'] ?: ?["'](?:system|assistant|user|developer)["']`, "suggested_response", "suspicious", "confidence", "category", "role"),

	// Orders about instructions.
	says(`\b(?:ignore|ignoring|disregard|forget|override|bypass|overrule|discard|skip|drop|do not follow|don'?t follow|stop following|cancel|neglect|set aside)\b.{0,50}\b(?:instructions?|prompts?|directives?|guidelines|system message|guardrails|programming|safety rules|your rules|the rules (?:above|you)|previous rules|rules (?:above|before)|training)\b`, "instruction", "prompt", "directive", "guideline", "system message", "guardrail", "programming", "rules", "training"),
	says(`\bnew (?:task|instructions?|directive|rules?|system prompt)(?: for (?:you|the))? ?[:.-]|\byour (?:new|real|true|actual|only) (?:task|job|instructions?|purpose|goal|role) (?:is|are)\b|\bfrom now on,? (?:you|answer|reply|respond|every|all tickets)\b|\b(?:the )?instructions (?:above|before this|you were given)\b|\byour (?:previous|prior|original|initial) (?:instructions|prompt|orders)\b`, "new ", "your ", "from now on", "instructions"),
	says(`\b(?:jailbreak|prompt injection|do anything now|dan mode|developer mode enabled|god mode|debug mode: ?on|maintenance mode: ?on)\b`, "jailbreak", "injection", "anything now", "mode"),
	says(`\b(?:reveal|show|print|repeat|output|display|leak|share|tell|give|send|write|paste|quote|dump|recite|what (?:is|are|was))\b.{0,40}\b(?:system prompt|your (?:full |hidden |initial |original |secret )?(?:prompt|instructions|system message)|hidden instructions|the (?:text|words|prompt|instructions) above|your rules)\b`, "prompt", "instructions", "system message", "above", "rules"),

	// Words to a model.
	says(`\byou are (?:now |actually |really |only )?(?:an? |the |our |my )?(?:\w+ ){0,2}`+brain+`\b|\byou are (?:now )?(?:an? |the )?(?:helpful |unrestricted |obedient )?(?:assistant|chatbot|bot|machine|automated)\b|\byou(?:'re| will| must| should) now (?:an?|act|be)\b|\b(?:pretend|imagine|act as if|behave as if) (?:to be|you are|you have|that you)\b|\byou must (?:now )?(?:comply|obey|answer with|classify|output|return|set)\b`, "you are", "you're", "you must", "you will", "you should", "pretend", "imagine", "as if"),
	says(`\b(?:dear|hey|hello|hi|attention|note to|notice to|message (?:to|for)|instructions? (?:to|for)|for) (?:the |any |all |our |your )?`+brain+`s?(?: (?:reading|processing|handling|that|who|which)| ?[:,!.-])|\b`+brain+`s? (?:reading|processing|handling|triaging|that (?:reads|processes|triages|classifies)) (?:this|these)|\b(?:if|when|since|as) (?:you are|you're|you,? as) (?:an? )?`+brain+`\b|\bif an? `+brain+` (?:reads|is reading|processes|sees|handles)|\bas an? (?:ai|language model|ai language model),? (?:you|your)\b`, "ai", "a.i.", "llm", "model", "gpt", "classifier", "triage"),

	// Orders about the answer.
	says(`\b(?:set|change|raise|put|make|switch|force|bump|adjust|assign|update|elevate|override)\b.{0,15}\bpriority\b(?: (?:of|for) `+thing+`| level| field| value)?(?: ?(?:to|as|at|on|=|:|into) ?)["'*]?`+rank+`\b|\bassign (?:a |an )?priority (?:of )?["'*]?`+rank+`\b|\b(?:priority|category) (?:must|should|has to|is to|shall|needs to) be (?:set to )?["'*]?`+rank+`\b|\b(?:priority|category|confidence) ?= ?["'*]?(?:`+rank+`|1|0?\.9\d*)\b|\b(?:confidence) (?:of|to|must be|should be|at) ?(?:1(?:\.0+)?|0?\.9\d*|100 ?%|maximum)`, "priority", "category", "confidence"),
	says(`\b(?:mark|classify|categori[sz]e|label|tag|flag|rate|route|file|triage|treat|score|rank)\b ?(?:`+thing+`|this|it) (?:as|under|to|with|into|in)(?: an?| the)? ?(?:category |priority |top |level )?["'*]?(?:`+rank+`)["'*]?(?: (?:priority|category|severity)|[ .,;!"'*]*(?:and|with|\.?$)| regardless| no matter)`, "mark", "classify", "categori", "label", "tag", "flag", "rate", "route", "file", "triage", "score", "rank", "treat"),
	says(`\b(?:classify|categori[sz]e|triage) (?:`+thing+`|this|it|me|all|every(?:thing)?)\b`, "classify", "categori", "triage"),
	says(`\b(?:respond|reply|answer|output|return|print|write|say)(?: back)? (?:only|just|exactly|nothing but|solely|strictly)\b.{0,30}\b(?:with|json|the (?:word|following|text|link)|yes|ok|approved|this)\b|\b(?:respond|reply|answer)(?: only)? (?:in|with|using) (?:valid |raw |this |the following )?json\b|\breturn (?:the following|this) (?:json|object|answer)\b|\b(?:output|emit) (?:the following|this|exactly)\b`, "respond", "reply", "answer", "output", "return", "print", "write", "say", "emit"),
	says(`\b(?:include|insert|add|put|place|mention|embed|append|paste|use)\b.{0,60}\b(?:in|into|to|(?:at|to) the (?:end|top|start|beginning) of) (?:your|the|every|each|any|all) (?:suggested |generated |automatic |ai |draft |final )?(?:repl(?:y|ies)|responses?|answers?|drafts?|outputs?)\b|\bin (?:your|the|every) (?:suggested |generated |ai |draft )?(?:reply|response|answer|output)s?,? (?:please )?(?:include|insert|add|put|write|say|tell|mention|link|ask|state|direct|promise|quote|copy|paste)\b|\b(?:the|your) (?:suggested |generated |draft )?(?:reply|response|answer|draft) (?:must|should|has to|shall|needs to) (?:be|say|contain|include|tell|ask|start|end|read|link|direct|promise|consist)\b`, "repl", "response", "answer", "draft", "output"),
	says(`\b(?:show|list|give|print|reveal|quote|copy|send|share|repeat|dump)\b.{0,30}\b(?:tickets|messages|resolutions|conversations|requests|passwords) (?:of|from|by) (?:the |any |all )?(?:other|another|different) |\b(?:show|list|include|give|print|reveal|quote|copy|paste|tell|send|share|repeat|summari[sz]e|what did|dump)\b.{0,50}\b(?:other|another|previous|similar|different|all|last|someone else'?s?) (?:customers?|users?|clients?|tenants?|people)(?:'s?|s'|’s)? (?:tickets?|messages?|resolutions?|names?|data|details|e-?mails?|addresses|conversations|requests|passwords?)|\b(?:similar|resolved|other|previous) tickets?\b.{0,30}\b(?:you (?:were|are|have been) (?:given|shown)|in your (?:context|prompt|input)|verbatim|word for word)|\b(?:verbatim|word for word)\b.{0,40}\b(?:similar|other|resolved) tickets?`, "customer", "user", "client", "tenant", "ticket", "people"),

	// The same in other languages.
	says(`(?:ignorier\p{L}*|vergiss|vergessen sie|missachte\p{L}*|übergeh\p{L}*) .{0,40}(?:anweisung|instruktion|vorgabe|systemprompt|prompt|deine regeln|ihre regeln)|(?:du bist|sie sind) (?:jetzt |nun |ab jetzt |eigentlich )?(?:nur )?(?:ein |eine |der |die |das )?(?:ki\b|künstliche intelligenz|assistent|klassifikator|chatbot|sprachmodell|bot\b|hilfreicher assistent)|(?:setz\p{L}*|stell\p{L}*|stuf\p{L}*|markier\p{L}*|klassifizier\p{L}*|kategorisier\p{L}*|ordne\p{L}*) .{0,40}(?:priorität|ticket|kategorie|anfrage) .{0,40}(?:dringend|urgent|hoch|höchste|kritisch|billing)|antworte\p{L}* (?:nur|ausschließlich|genau) mit|(?:füge|schreib\p{L}*|setz\p{L}*|nimm) .{0,60}(?:in (?:deine|die|ihre) antwort)|an die ki\b|(?:zeig\p{L}*|nenn\p{L}*|verrat\p{L}*|gib) .{0,40}(?:systemprompt|deine anweisungen|anderer kunden|tickets anderer)`,
		"anweisung", "instruktion", "vorgabe", "prompt", "regeln", "du bist", "sie sind", "priorität", "ticket", "kategorie", "anfrage", "antwort", " ki", "kunden"),
	says(`(?:ignore[rz]?|oublie[rz]?|ne tiens pas compte|ne tenez pas compte) .{0,40}(?:instructions|consignes|directives|règles précédentes|prompt)|(?:tu es|vous êtes) (?:maintenant |désormais |en fait )?(?:une? |l['’]|le )?(?:ia\b|intelligence artificielle|assistant|classificateur|classifieur|modèle|chatbot)|(?:mets|mettez|mettre|définis\p{L}*|fixe[rz]?|classe[rz]?|marque[rz]?|passe[rz]?) .{0,40}(?:priorité|ticket|demande|catégorie) .{0,40}(?:urgent|haute|élevée|maximale|critique|facturation)|répond\p{L}* (?:uniquement|seulement|exactement) (?:avec|par)|(?:ajoute[rz]?|inclus\p{L}*|insère\p{L}*|mets|mettez) .{0,60}dans (?:ta|votre|la) réponse|(?:montre\p{L}*|affiche\p{L}*|donne\p{L}*|révèle\p{L}*) .{0,40}(?:prompt|tes instructions|autres clients)`,
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
}

// readings returns a text as a model may read it: as it is, and with disguises taken off, in lower case and with single spaces.
func readings(text string) []string {
	plain := visible(text)
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

// encoded is a run that may be base64.
var encoded = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}={0,2}`)

// decoded returns the text that a run of base64 stands for, if it is one.
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

// apart is a word written with something between all of its letters: "i g n o r e", "i.g.n.o.r.e".
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

// latin turns letters of other scripts that look like Latin ones into those.
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

// letter turns digits and signs into the letters they are written for.
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
