package safereply

import (
	"regexp"
	"strings"
)

// The words of AsksSecret, in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish,
// Russian and Turkish, and with less in Chinese, Japanese and Korean. Texts are in lower case.

// either makes a pattern of which one stands as whole words.
func either(alternatives string) *regexp.Regexp {
	return regexp.MustCompile(`(?:^|[^\p{L}\p{N}])(?:` + alternatives + `)(?:[^\p{L}\p{N}]|$)`)
}

var secretWord = regexp.MustCompile(
	// English
	`pass ?words?|pass ?phrases?|pass ?codes?|log-?in (?:details|data|credentials|information)|credentials|\bpins?(?: ?-?(?:codes?|numbers?))?|\bpuk\b|\botps?\b|` +
		`(?:one[- ]time|verification|security|authentication|confirmation|access|log-?in|sms|2fa|mfa|otp|backup|recovery|(?:four|six|4|6)[- ]digit|activation|authenticator)[- ]?(?:codes?|pass ?words?|pins?|tokens?|keys?)|` +
		`(?:codes?|digits|numbers?)(?: that| which)?(?: is| are| was| were)?(?: just)? (?:from|on|in|of|by|sent to|shown on|shown in) (?:the |your |that |an? )?(?:sms|text(?: message)?|phone|mobile|authenticator|authentication app|back of)|` +
		`(?:codes?|digits)(?: that| which)? (?:we|you|it|i)(?: have| had|'ve| will| just| should)* (?:sent|send|texted|got|get|gotten|received|receive|mailed|e-?mailed)|(?:codes?|digits) (?:sent|texted|mailed) to you|` +
		`(?:credit |debit |bank |payment )?card(?:'s)? (?:numbers?|details|data|no\.?)|numbers? (?:of|on) (?:your|the) (?:credit |debit |bank |payment )?card|\bcvv2?\b|\bcvc2?\b|` +
		`(?:recovery|seed|mnemonic|backup|secret) (?:phrase|words)|private keys?|(?:twelve|twenty-four|12|24)[- ](?:words?)|mother'?s maiden name|social security number|\bssn\b|` +
		// German
		`passw[oö]rt(?:e?s|ern?)?|kennw[oö]rt(?:e?s|ern?)?|(?:zugangs|anmelde|login-?)daten|geheimzahl|(?:einmal|bestätigungs|sicherheits|zugangs|freischalt|verifizierungs|aktivierungs|anmelde|sms-?|login-?|pin-?)-?(?:codes?|nummer)|` +
		`(?:einmal|sms-?)-?(?:passwort|pin|tan)|m?tans?\b|code,? (?:aus (?:der|ihrer|deiner)|auf (?:dem|ihrem)|den (?:sie|du|wir)) \p{L}+|(?:kredit|bank|giro)?-?karten-?(?:nummer|daten|prüfnummer)|prüf(?:ziffern?|nummer|zahl)|` +
		`wiederherstellungs(?:phrase|wörter|schlüssel|code)|(?:zwölf|12|24) wörter|` +
		// French
		`mots? de passe|\bmdp\b|identifiants(?: de connexion)?|code (?:pin|secret|confidentiel|unique|d'accès|d'authentification|à usage unique|(?:de )?(?:vérification|sécurité|confirmation|validation|connexion)|reçu|(?:par |du )?sms|que (?:vous|nous) \p{L}+)|` +
		`numéro (?:complet )?de (?:votre |la |ta )?carte(?: bancaire| de crédit| bleue)?|coordonnées de (?:votre )?carte|cryptogramme(?: visuel)?|phrase (?:de récupération|secrète)|(?:douze|12) mots|clé privée|` +
		// Spanish and Portuguese
		`contrase[ñn]as?|clave(?: de acceso| secreta| bancaria| privada)?|c[óo]digo (?:pin|secreto|(?:de )?(?:verificaci[óo]n|seguridad|acceso|confirmaci[óo]n|un solo uso|verificação|segurança|acesso|confirmação|uso único)|(?:que )?(?:le |te |lhe )?(?:recibi|enviamos|enviámos|lleg|receb|mand)\p{L}*|(?:del |por |do )?sms)|` +
		`n[úu]mero (?:completo )?d[eoa] (?:(?:su|tu|la|seu|teu) )?(?:tarjeta|cart[ãa]o)|d(?:at|ad)os d[eo] (?:(?:su|tu|la|seu) )?(?:tarjeta|cart[ãa]o)|frase (?:de (?:recuperaci[óo]n|recuperação)|semilla|secreta)|doce palabras|doze palavras|` +
		`senhas?|palavra-passe|` +
		// Italian
		`parola d'ordine|codice (?:pin|segreto|di (?:verifica|sicurezza|accesso|conferma)|otp|usa e getta|ricevuto|(?:via |dell')?sms|che ha ricevuto)|numero (?:completo )?(?:della|di) (?:(?:sua|tua) )?carta(?: di credito)?|dati della (?:(?:sua|tua) )?carta|frase di recupero|dodici parole|credenziali|` +
		// Dutch
		`wachtwoord(?:en)?|(?:verificatie|beveiligings|toegangs|inlog|bevestigings|activatie|sms-?|pin-?)codes?|code (?:uit|in|van|die) (?:de|uw|je|u) (?:sms|app|\p{L}+)|(?:creditcard|bankpas|kaart|pas)-?(?:nummer|gegevens)|inloggegevens|herstelzin|twaalf woorden|` +
		// Polish, Russian, Ukrainian and Turkish
		`has[łl][oaeu]|kodu? (?:pin|weryfikacyjn\p{L}+|(?:z )?sms\p{L}*|dostępu|jednorazow\p{L}+|potwierdzając\p{L}+|bezpieczeństwa)|numeru? (?:(?:swojej |twojej )?karty)|dan(?:e|ych) (?:karty|logowania)|\bpinu\b|` +
		`парол[ьяюеи]м?|пин-?код\p{L}?|код\p{L}? (?:из|подтверждения|безопасности|от) ?(?:смс|sms)?|номер (?:вашей |своей )?(?:банковской )?карты|` +
		`şifre\p{L}*|parola\p{L}*|(?:doğrulama|onay|güvenlik|sms|pin) kodu\p{L}*|kart numara\p{L}*|` +
		// without spaces
		`密码|密碼|口令|验证码|驗證碼|银行卡号|信用卡号|卡号|卡號|パスワード|暗証番号|認証コード|確認コード|カード番号|비밀번호|인증 ?번호|카드 ?번호|핀 ?번호`)

// secretStems are parts of the words for secrets: each holds one. They save the long look at most
// sentences.
var secretStems = strings.Fields(`pass kennw pin puk otp tan log- login anmelde zugangs credential code digits number numer cvv cvc phrase words word key kod karte carte card tarje cart
	maiden social ssn geheim prüf wiederherst wörter mots mdp identifiants confid coordonn crypto clé clave contrase código codigo dat dad frase palabras palavra senha
	parola codice dodici credenziali wachtw herstel inlog woorden has парол пин код номер şifre kart 密 口令 验证 驗證 卡 パスワード 暗証 認証 確認 カード 비밀 인증 카드 핀`)

// compound follows a word for a secret that is only the first part of a thing. ofPart stands before
// one: "the last four digits of".
var (
	compound = regexp.MustCompile(`^(?:s? (?:resets?|polic(?:y|ies)|managers?|fields?|pages?|links?|rules?|requirements?|length|settings?|screens?|forms?|dialogs?|prompts?|protection|pads?|problems?|issues?|errors?|hints?|changes?|recovery|expir\p{L}+|attempts?|entry|reader|` +
		`letter|mails?|e-mails?|vault|history|format|strength|input|box|boxes|generator|reminders?|type|option|lock|check|failures?|message|for\?|works?|worked|fails?|failed|expired|arrive[sd]?|did(?: not|n't)|has been|is (?:wrong|correct|expired|accepted|locked|blocked|not))(?:[^\p{L}]|$)|'s (?:length|strength)|[-‑]\p{L}{3})`)
	ofPart = regexp.MustCompile(`(?:last|final|first|letzten?|derniers|últim[oa]s|ultime|laatste|ostatnie) (?:\p{L}+|\d) (?:\p{L}+ )?(?:of|der|de|del|della|do|van|di|numeru)? ?(?:your |the |ihrer |deiner |votre |su |la |da sua |seu |uw |je |twojej )?$|` +
		`(?:reset|resetting|change|changing|forgot|forgotten|about|without|passwort-|wrong|expired) (?:your |the |a )?$`)
)

// Words that ask. givesUs needs no more; gives may also send a customer to the place for a secret.
// puts needs a word behind the secret that leads to us.
var (
	givesUs = either(
		`(?:send|tell|give|e-?mail|text|mail|message|forward|show|read|write|dm|pass|submit|share|provide|supply|reveal|disclose|dictate|get|bring|lend|grant)(?:ing)?(?: (?:it|them|back|over|along|out))?(?: (?:to|with))? (?:us|me|our (?:\p{L}+ )?(?:team|support|agents?|staff|colleagues?)|support|this (?:address|number|chat)|back)|` +
			`(?:reply|respond|answer|come back|get back|write back|write|call)(?: (?:to|us|me|here|directly|just|simply|now|this|mail|e-?mail|message|ticket|by mail|by e-?mail))* (?:with|stating|including|giving|and (?:include|give|state|quote))|let (?:us|me|our \p{L}+) (?:know|have|see)|` +
			`(?:send|schick|nenn|teil|geb|gib|sag|verrat|verrät|schreib|mail|übermittel|übermittl|zeig|les|diktier|übersend|mitteil|lass)\p{L}{0,3}(?: (?:sie|bitte|mal|doch|einfach|kurz|ihr|du|nun|jetzt|dafür|dazu|hierzu|an|noch|zur|prüfung|auch)){0,5} (?:uns|mir)|(?:bitte|bitten(?: wir)?(?: sie)?) um (?:mitteilung|zusendung|angabe|nennung|übermittlung|übersendung)|antworte\p{L}*(?: (?:sie|bitte|uns|mir|einfach|auf|diese|mail|kurz)){0,5} mit|` +
			`(?:envoy|donn|communiqu|transmet|transmett|indiqu|fourni|partag|confi|confirm|révél|précis|rappel|laiss|fai|dit|dites|dis|renseign|écri)\p{L}{0,5}-(?:nous|moi)(?: (?:parvenir|savoir|connaître))?|(?:nous|me|m') ?(?:envoyer|donner|communiquer|transmettre|indiquer|fournir|dire|confirmer|rappeler|préciser|faire parvenir|laisser|révéler|renvoyer|partager|fassiez parvenir|donniez|envoyiez)|répond\p{L}*(?: \p{L}+){0,4} (?:avec|en indiquant)|` +
			`(?:env[ií]|mand|d[ií]ga|d[ií]|dé|de|da|ind[ií]|facil[ií]|proporci|compárt|compart|comun[ií]|confirm|confírm|pás|pas|escr[ií]b|rem[ií]t|hág)\p{L}{0,8}(?:nos|noslo|me)|(?:nos|me) (?:env[ií]|manda|mande|dig|dice|dé |da|indi|facilit|proporcion|pas|comuni|compart|confirm|puede \p{L}+ir|puede \p{L}+ar)\p{L}*|(?:responda|responde|conteste|contesta)(?: \p{L}+){0,4} con|` +
			`(?:envi|mand|dig|dê|d[êe]|inform|indi|forne[çc]|partilh|compartilh|confirm|pass|comuni)\p{L}{0,6}-(?:nos|me)|(?:nos|me) (?:envi|inform|mand|pass|forne|diga|dizer|dê)\p{L}*|responda com|` +
			`(?:invi|mand|comunic|forn|indic|scriv|conferm|condivid|trasmett)\p{L}{0,6}(?:ci|mi)|(?:ci|mi) (?:può|puoi|potrebbe|potreste|potete) (?:dire|dare|inviare|mandare|comunicare|fornire|indicare)|dicci|dammi|dacci|dateci|diteci|ditemi|dimmi|dirci|darci|dirmi|darmi|(?:ci|mi) (?:invi|mand|comunic|forn|dica|dice|dia|dire|dare|indic|conferm|scriv)\p{L}*|rispond\p{L}+(?: \p{L}+){0,3} con|` +
			`(?:stuur|zend|geef|mail|vertel|noem|deel|verstrek|bezorg|schrijf|app|meld)\p{L}{0,3}(?: (?:u|je|dan|alstublieft|even|graag|maar|eens|nu|het|aan)){0,4} (?:ons|mij|me)|antwoord\p{L}*(?: \p{L}+){0,4} met|` +
			`(?:poda\p{L}*|prze[sś][łl]?\p{L}*|wy[sś][łl]?l?\p{L}*|napisz\p{L}*|przeka[zż]\p{L}*|powiedz\p{L}*|udostępni\p{L}*) (?:nam|mi|do nas)|odpowiedz\p{L}* podając|` +
			`(?:пришл|отправ|сообщ|назов|напиш|переда|скаж|укаж|вышл|продикт)\p{L}*(?: \p{L}+)? (?:нам|мне|в ответ)|(?:надішл|повідом|назв)\p{L}* (?:нам|мені)`)
	gives = either(
		`send|share|provide|supply|submit|reveal|disclose|dictate|forward|state|spell out|quote|confirm|verify|include|attach|email|specify|` +
			`bestätigen sie|nennen sie|senden sie|schicken sie|übermitteln sie|` +
			`communiquez|transmettez|indiquez|fournissez|confirmez|précisez|` +
			`facilite|proporcione|comparta|confirme|indique|env[ií]e|env[ií]a|` +
			`(?:poderia|pode|puede|podría|podria) (?:informar|enviar|indicar|fornecer|compartilhar|confirmar|facilitar|compartir)|informe|envie|forneça|partilhe|compartilhe|comunichi|fornisca|fornite|indichi|invii|inviate|confermi|` +
			`(?:proszę )?(?:podać|podaj|przesłać|przekazać|prześlij|wyślij|potwierdzić|potwierdź)|(?:пришлите|отправьте|сообщите|укажите|назовите)`)
	puts = either(`enter|type|write|put|paste|post|leave|note|add|send|mail|give|hand|` +
		`(?:geben|tragen|schreiben|senden|schicken|mailen|leiten|fügen|setzen|nennen|übermitteln|hinterlassen)(?: sie)?|schreib|schick|sende|indiquer|préciser|mentionner|indiquez|saisissez|écrivez|tapez|notez|envoyez|mettez|ajoutez|escriba|introduzca|ponga|env[ií]e|anote|digite|escreva|coloque|envie|scriva|inserisca|invii|mandi|stuur|zet|schrijf|typ|vul|wyślij|wpisz|napisz`)
	toUs = regexp.MustCompile(`^[^.;:!?]{0,40}?(?:[^\p{L}])(?:(?:in|into|with|to|as|by) (?:your|a|this|the|an) (?:next )?(?:reply|answer|response|return|message|e-?mail|mail|ticket|chat|comment|following address)|(?:to|with) (?:us|me|our \p{L}+|support)|below|by return|by reply|` +
		`an (?:uns|mich|den support|unseren \p{L}+|unser \p{L}+)|(?:in|als|per|mit) (?:ihre[rm]?|deine[rm]?|der|die|diese[rm]?)? ?(?:antwort|nachricht|antwortmail)|hier in (?:den|das) (?:chat|ticket)|à (?:nous|notre \p{L}+)|(?:dans|en|par) (?:votre |une |cette )?(?:réponse|retour)|(?:en|a) (?:su|tu|esta|nuestro|una) (?:respuesta|equipo|mensaje)|na sua resposta|para nós|nella (?:sua )?risposta|a noi|(?:in|aan|naar) (?:uw|je|ons|mij|een) ?(?:antwoord|reactie|support)?|w odpowiedzi|do nas)(?:[^\p{L}]|$)`)
	wants = either(
		`(?:we|i)(?:'ll| will| do| also| just| still| now| only| would| must| then| first| really|'d)* (?:need|require|want|request|must have|have to have|(?:would|'d) like|are waiting for|am waiting for|are missing|ask (?:you )?for)(?: to (?:know|have|see))?(?: (?:from|of) you)?|` +
			`(?:what(?: is|'s| was| are| were)|which is) (?:the|your)|(?:may|can|could|might)(?: i| we)(?: please| also| just)* (?:have|get|know|see|ask for|ask you for|take|trouble you for)|` +
			`wir (?:brauchen|benötigen|bräuchten|benötigten|bitten (?:sie )?um)|ich (?:brauche|benötige|bräuchte|bitte (?:sie )?um)|(?:brauchen|benötigen|bräuchten) wir|(?:brauche|benötige|bräuchte) ich|lautet (?:ihr|ihre|dein|deine|das|die|der)|was ist (?:ihr|ihre|dein|deine|das|die)|wie ist (?:ihr|ihre|dein|deine)|fehlt uns(?: noch)?|` +
			`(?:nous avons|nous aurions|nous aurons|on a|j'ai|j'aurai|j'aurais)(?: également| aussi| encore| juste)? besoin (?:de|du|d')|il (?:nous|me) (?:faut|faudrait|manque)|quel(?:le)? (?:est|était)|(?:puis-je|pouvons-nous|pourrais-je|peut-on) (?:avoir|connaître)|` +
			`necesitamos|necesito|requerimos|(?:cu[áa]l|qu[ée]) (?:es|era|fue)|precisamos(?: d[aoe]s?| saber)?|preciso(?: d[aoe]| saber)?|qual (?:é|era)|` +
			`(?:abbiamo|ho|avremmo|avrei)(?: anche)? bisogno (?:di|del|della|dei)|(?:ci|mi) (?:serve|servono|occorre|servirebbe)|qual è|qual era|` +
			`(?:wij hebben|we hebben|hebben we|hebben wij|ik heb|heb ik|wij willen|mag ik|mogen wij|mogen we)|wat is (?:uw|je|jouw|het|de)|` +
			`potrzebujemy|potrzebuję|jak(?:ie|i) jest|prosimy o|proszę o|(?:нам|мне) (?:нужен|нужна|нужно|нужны)|какой (?:у вас|ваш)|hangi|bize`)
	// givesIt asks for what was named before. giveLast are verbs at the end of a clause.
	givesIt = either(
		`(?:send|give|tell|forward|read|share|pass|mail|e-?mail|text|show|submit|provide|supply|dictate|write|post|confirm)(?: (?:us|me|over|back))? (?:it|them|this|that|both|the (?:code|digits|number|words|password|pin)|those|these)(?: (?:to|with) (?:us|me|our \p{L}+)| back| here| over| out)?|(?:send|tell|give|read) (?:us|me) (?:it|them|this|that|both|the (?:code|digits|number|words|password|pin)|those)|` +
			`(?:senden|schicken|nennen|teilen|geben|sagen|mailen|leiten|übermitteln) sie (?:ihn|sie|es|diese[ns]?|den code|die nummer)(?: bitte)? (?:uns|mir|an uns|an mich)|(?:senden|schicken|nennen|teilen|geben|sagen) sie (?:uns|mir) (?:ihn|sie|es|diese[ns]?|den code|die nummer)|` +
			`(?:envoyez|donnez|communiquez|transmettez|indiquez|dites)-(?:le|la|les)-(?:nous|moi)|nous (?:le|la|les) (?:envoyer|communiquer|donner|transmettre|indiquer)|` +
			`(?:env[ií]|mánd|dí|dig|díg|indíqu|facilít|pás|comuníqu)\p{L}{0,4}(?:noslo|nosla|noslos|melo|mela)|(?:nos|me) (?:lo|la|los) (?:env|mand|dig|dé|indi)\p{L}*|(?:envie|mande|informe)-(?:o|a|nos)|(?:ce|me) (?:lo|la|li) (?:invi|mand|comunic|dica)\p{L}*|(?:inviatecelo|inviacelo|ce lo comunichi)|` +
			`(?:stuur|geef|mail|vertel) (?:het|deze|die|hem)(?: \p{L}+)? (?:ons|mij|aan ons|naar ons|door)|(?:prześlij|podaj|wyślij|przekaż) (?:go|je|ją) (?:nam|mi)`)
	giveLast = either(`mitteilen|nennen|schicken|senden|zusenden|zuschicken|geben|durchgeben|verraten|übermitteln|sagen|zukommen lassen|bereitstellen|durchsagen|schreiben|mailen|mitzuteilen|zu nennen|zu schicken|zu senden|` +
		`sturen|opsturen|geven|vertellen|noemen|doorgeven|mailen|delen|verstrekken|meedelen|laten weten|te sturen|te geven|` +
		`gönder\p{L}*|söyle\p{L}*|yaz\p{L}*|ilet\p{L}*|bildir\p{L}*|paylaş\p{L}*|ver(?:in|iniz|ir)\p{L}*|` +
		`(?:be |must be |to be )?(?:sent|given|told|provided|shared|mailed|e-?mailed|forwarded) (?:to|with) (?:us|me|our \p{L}+)`)
	forUs     = either(`uns|mir|ons|mij|me|bize|bana|bizimle|benimle|us|our|an uns|aan ons`)
	isMissing = regexp.MustCompile(`^[^.;:!?,]{0,30}?[^\p{L}](?:(?:is|are|will be) (?:also |still |then )?(?:needed|required|necessary|missing)(?: (?:by|for|from) (?:us|me|our|you)|,? (?:so that we|so we|for us)| to (?:proceed|continue|verify|help|check|restore|fix|solve|investigate|unlock))|(?:brauchen|benötigen|bräuchten) wir|(?:brauche|benötige|bräuchte) ich|wird (?:von uns |hierfür |dafür )?(?:benötigt|gebraucht)|fehlt uns|hebben (?:we|wij) nodig|heb ik nodig|nous (?:est|sont|serait) nécessaires?)(?:[^\p{L}]|$)`)
	which     = regexp.MustCompile(`(?:^|[^\p{L}])(?:which|what|welche[sn]?|quel|quelle|qué|cuál|qual|quale|welk|jakiego|какой)(?: is your| \p{L}+)? $`)
	youUse    = regexp.MustCompile(`^ (?:(?:do|did|are|have|were|would) you (?:normally |usually |currently |last )?(?:use|using|used|enter|entered|set|choose|chosen|type|typed|have|try|tried)|(?:verwenden|benutzen|nutzen|haben) sie|(?:avez-vous|utilisez-vous)|(?:usa|utiliza|usó|ha usado|está usando|você usa|usate|utilizza|gebruikt u|gebruik je|używasz)(?:[^\p{L}]|$))`)
	bare      = regexp.MustCompile(`^\W*(?:(?:and |now |then |und |et |y )?(?:your|the|full|complete|new|old|current|ihre?n?|deine?n?|das|die|den|votre|le|su|la|sua|uw|je) ?){0,3}$`)
	please    = regexp.MustCompile(`^(?: (?:and|und|et|y|e|en|i) [^,.;:!?]{1,25})?,? ?(?:please|bitte|s'il vous plaît|por favor|per favore|alstublieft|a\.?u\.?b\.?|proszę)\W*$`)
)

// Words that take the meaning of an asking word away.
var (
	denial = either(`never|not|\p{L}+n't|dont|no one|no-one|nobody|without|avoid|refrain|cannot|neither|nor|no need|nothing|instead of|rather than|` +
		`nie|niemals|nicht|kein\p{L}*|niemand\p{L}*|ohne|weder|statt|anstatt|jamais|ne|n'\p{L}+|pas|aucun\p{L}*|sans|personne|nunca|no|jam[áa]s|nadie|sin|ning[úu]n\p{L}*|tampoco|não|nao|ninguém|sem|non|mai|nessun\p{L}*|senza|nooit|niet|geen|zonder|nigdy|nikomu|nikt|bez|żadn\p{L}*|не|никогда|никому|asla|hiçbir\p{L}*|\p{L}+m[ae]y[ıi]n(?:[ıi]z)?|\p{L}+m[ae]yece\p{L}+|не`)
	deniedAfter = regexp.MustCompile(`^[^.;:!?,]{0,30}?[^\p{L}](?:never|nobody|no one|nicht|nie|niemals|nooit|niet|niemand\p{L}*|jamais|à personne|a nadie|a ninguém|a nessuno|nikomu|никому|with (?:anyone|anybody|others|someone|friends|colleagues)|to (?:anyone|anybody|others))(?:[^\p{L}]|$)`)
	breaks      = regexp.MustCompile(`[;:]|[^\p{L}](?:but|instead|just|please|simply|worr\p{L}+|problem|mind|forget\p{L}*|hesitat\p{L}+|fail|and(?: then| please| just)? (?:send|tell|give|reply|share)|or|otherwise|so|because|sonst|sondern|oder|bitte|vergessen|zögern|sorge|mais|hésite\p{L}*|oubli\p{L}*|sinon|pero|dude|olvid\p{L}+|sino|mas|hesite|esite|esitar|dimentic\p{L}+|ma|maar|aarzel\p{L}*|vergeet|ale|но)[^\p{L}]`)
	forgets     = either(`forget|hesitate|fail`)
	underNone   = either(`ever|circumstances?|event|case|account|umständen|fall|aucun|ningún|caso`)
	othersAsk   = regexp.MustCompile(`(?:^|[^\p{L}])(?:who|someone|anyone|anybody|somebody|whoever|mails?|e-?mails?|messages?|callers?|calls?|sms|links?|sites?|scam\p{L}*|phish\p{L}*|fraud\p{L}*|criminals?|they|people|jemand\p{L}*|betrüger\p{L}*|anrufer\p{L}*|quelqu'un|fraudeurs?|escrocs?|alguien|estafador\p{L}*|qualcuno|truffator\p{L}*|alguém|iemand|oplichters?|ktoś|oszu[sś]\p{L}*)(?: \p{L}+){0,4}? (?:ask|request|want|demand|pretend|prompt|bitte|fragt|auffordert|aufgefordert|verlang|will|wollen|demand|pid|solicit|chied|ped|vra|pros|bit|try|trie|tries)\p{L}*`)
	// othersAct is the desk or a machine as the one who sends, and modal a verb behind any other.
	// ownTurn is the desk in German and Dutch.
	modal     = regexp.MustCompile(`(\p{L}+) (?:to|(?:can|could|will|may|might|must|should|would)(?: \p{L}+)?)\s*$`)
	othersAct = regexp.MustCompile(`(?:^|[^\p{L}])(?:(?:we|i|it|they|he|she|system|app|shop|bank|server|website|site|machine|which|who|that|nous|wij|we|ik)(?: (?:will|can|could|shall|may|must|would|never|also|then|now|automatically|always|just|only|again|usually|do|have|had|already|to|going|are|am|is|need|want|happily|gladly)|'ll|'d|'ve|'re|'m)*|(?:did|have|had|if|when|once|after|before|whoever|unless|until) you(?: \p{L}+)?|asked? to|prompted to|able to|(?:you|users?|customers?|people|guests?|admins?|agents?) (?:can|may|could)(?: \p{L}+)?)\s*$`)
	ownTurn   = either(`ihnen|dir|euch|jou|(?:wij|we) (?:kunnen|zullen|mogen)|wir (?:können|werden|dürfen)|size|sana`)
	place     = regexp.MustCompile(`^[^.;!?]{0,40}?[^\p{L}](?:(?:on|in|at|into|under|during|through|via|using|to|with|inside|within) (?:\p{L}+[ -]){0,4}(?:pages?|forms?|fields?|box(?:es)?|website|site|app|portal|screen|dialog|settings|checkout|terminal|keypad|reader|device|account|profile|shop|window|browser|menu|till|atm|machine|log-?in|sign-?in|guests?|vault|manager)|twice|again|by typing|a second time|to (?:log|sign) in|to continue|to unlock|when (?:asked|prompted)|` +
		`(?:auf|im|in|an|am|beim|bei|unter) (?:\p{L}+[ -]){0,3}(?:seite|\p{L}*formular|\p{L}*feld|app|portal|\p{L}*portal|automaten|anmeld\p{L}+|gerät|\p{L}*konto|einstellungen|website)|erneut|noch einmal|zweimal|` +
		`(?:sur|dans) (?:\p{L}+['’ ]){1,3}?(?:page|site|formulaire|champ|application|espace|appli|écran|réglages)|à nouveau|deux fois|(?:en|dentro de) (?:el|la|su|los) (?:\p{L}+ )?(?:página|sitio|formulario|campo|aplicación|app|ajustes|pantalla)|de nuevo|dos veces|n[ao] (?:\p{L}+ )?(?:página|site|formulário|campo|aplicativo|app|tela)|novamente|` +
		`(?:nella|sul|nel|nell'|sulla) ?(?:\p{L}+ )?(?:pagina|sito|modulo|campo|app|applicazione)|di nuovo|(?:op|in) (?:de|het) (?:\p{L}+ )?(?:pagina|app|veld|website|formulier|\p{L}+pagina)|(?:na|w) (?:\p{L}+ )?(?:stronie|aplikacji|formularzu|polu|ekranie)|ponownie|(?:на|в) (?:\p{L}+ )?(?:сайте|странице|приложении|форме|поле))(?:[^\p{L}]|$)`)
	placeFirst  = regexp.MustCompile(`^(?:then |now |please |bitte )?(?:on|in|at|auf|im|in|sur|dans|en|na|no|nella|sul|op|w) (?:\p{L}+[ '-]){0,4}(?:page|form|field|website|site|app|portal|screen|settings|checkout|seite|formular|anmeldeseite|formulaire|página|formulario|pagina|sito|stronie)(?:[^\p{L}]|$)`)
	clauseStart = regexp.MustCompile(`, |[^\p{L}](?:and|und|et|y|e|en|i|ve) `)
)

// stops have an object of their own, or begin a clause. acts are verbs, which may not stand behind
// "and". links may stand between a secret and "send it".
var (
	stops = wordSet(`that whether if when how where before after because until while about why who which you him her himself yourself page field link form screen error message errors problem result moment minute call time to reset change changing resetting policy guide instructions
		if ob wann wie wo dass bevor nachdem weil seite feld fehler meldung fehlermeldung formular ihnen ändern zurücksetzen zurückzusetzen zu page champ lien erreur message si quand comment que réinitialiser changer página campo enlace mensaje si cuando cómo restablecer cambiar cambiar se quando come pagina link errore cambiare reimpostare
		of_ als wanneer hoe pagina veld fout wijzigen czy kiedy jak strona błąd zmienić если когда как`)
	joins = wordSet(`and or then plus und oder dann sowie et ou puis y o e ed en of i lub и`)
	acts  = wordSet(`reset change choose set enter type use keep check try pick update store save write open click press create forget restart log sign ändern ändere wählen setzen setze geben tippen prüfen versuchen öffnen notieren changez choisissez saisissez essayez cambie elija introduzca pruebe altere escolha digite cambi scelga inserisca wijzig kies voer zmień wpisz`)
	links = wordSet(`and then please just kindly simply you can could should must will would now so also we need to from the sms text that which has sent received got get receive by your phone app copy note find look up read take it for is are was needed required soon as once arrives when in on this a an have in order mail with message telephone mobile us i'll
		und dann bitte einfach sie können uns aus der dem auf ihrem handy sobald er kommt notieren lesen ihn ab ein einen eine erhalten haben gesendet gleich et puis veuillez merci de pouvez vous s'il plaît sur votre téléphone recevrez allez y luego por favor puede recibirá en su teléfono e poi può per favore en dan kunt u i następnie proszę`)
)

// Chinese, Japanese and Korean.
var (
	givesCJK   = regexp.MustCompile(`(?:请|請|麻烦|您可以|能否|可以)[^。！？]{0,10}(?:告诉|告訴|提供|发给|发送|发来|回复|告知|说一下|报一下|输入并发送)[^。！？，给]{0,12}$`)
	givesItCJK = regexp.MustCompile(`^[^。！？]{0,14}(?:(?:发给|發給|告诉|告訴|发送给|提供给|告知|回复给|发到|报给|给)(?:我们|我們|我|客服|这里)|是什么|是多少|` +
		`(?:教えて|知らせて|お知らせ|送って|お送り|送信して|返信して|ご返信|お伝え|伝えて|ご提供|提供して|記載して|お聞かせ)(?:ください|下さい|いただけ|頂け|もらえ|くださ)|(?:알려|보내|말씀해|제공해|회신해|적어|전달해)[ ]?(?:주세요|주십시오|주시|줘|주실))`)
	wantsCJK  = regexp.MustCompile(`(?:我们需要|我需要|需要您的|需要你的)[^。！？，]{0,8}$`)
	deniedCJK = regexp.MustCompile(`不要|请勿|請勿|切勿|勿|别|絕不|绝不|不会|不會|永远不|无需|不需要|ないで|しません|ありません|決して|絶対に|마세요|마십시오|않습니다|않는|절대`)
)
