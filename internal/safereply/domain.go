package safereply

import "strings"

// domainEnding reports whether a label may be the last of a domain. A letter of another script that
// looks Latin counts as the Latin letter.
func domainEnding(label string) bool {
	if strings.HasPrefix(label, "xn--") {
		return true
	}
	return domainEndings[label] || domainEndings[lookalike.Replace(label)]
}

// lookalike resolves Cyrillic and Greek small letters that look like Latin ones.
var lookalike = strings.NewReplacer("а", "a", "е", "e", "о", "o", "р", "p", "с", "c", "х", "x", "у", "y", "і", "i", "ѕ", "s", "ԁ", "d", "һ", "h",
	"ј", "j", "ӏ", "l", "ѡ", "w", "т", "t", "м", "m", "п", "n", "г", "r", "к", "k", "в", "b", "ο", "o", "α", "a", "ρ", "p", "τ", "t", "ν", "v", "ι", "i", "κ", "k", "ϲ", "c", "ε", "e", "η", "n", "ı", "i", "ɡ", "g")

// domainWords are endings that are also common words. They do not end a domain after a spoken
// "dot".
var domainWords = wordSet("in is it to at be so no my me us am as do la de es et st la sa mu na ne pm per pro name post work today date online live now one help support link click center team email info page")

// domainEndings are the country codes (ISO 3166, and the additions of IANA), the common endings of
// https://data.iana.org/TLD/tlds-alpha-by-domain.txt, and the endings reserved by RFC 2606 and RFC
// 6761.
var domainEndings = wordSet(`ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz
	de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp
	ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om
	pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz
	ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw
	com net org info biz name pro edu gov mil int arpa aero coop museum jobs mobi travel tel cat post asia xxx
	app dev page pages site online store shop tech technology cloud click link links live life world today news blog email mail support help helpdesk service services solutions agency company
	digital media network networks systems space website web webcam host hosting icu top xyz club vip win loan loans bid trade trading date review reviews download stream streaming racing party science
	work works run rocks ninja guru zone center city expert experts social team tools software zip mov foo bar bank banking finance financial money cash credit creditcard cards card insurance insure legal law lawyer
	health care clinic doctor hospital dental pharmacy energy bot chat game games fun art design studio video photo photos pics pictures gallery music movie film cafe coffee pizza restaurant hotel hotels holiday
	vacations flights cruises tours car cars auto bike taxi house homes property properties estate land rent rentals sale deals discount promo gift gifts fashion clothing shoes jewelry family kids baby dog pet fit fitness
	yoga golf football soccer ski surf lol wtf sexy sex porn adult cam dating singles gay men africa berlin london paris nyc tokyo wien koeln cologne hamburg bayern ruhr saarland tirol brussels vlaanderen gent amsterdam
	barcelona madrid bcn eus gal quebec scot wales irish istanbul moscow capetown miami vegas boston sydney melbourne swiss nrw google youtube amazon apple microsoft android azure aws
	academy accountant accountants actor apartments associates attorney auction audio band bargains beauty beer best bet bingo black blue boo boutique build builders business buzz cab camera camp cheap church claims cleaning
	codes college community computer condos construction consulting contact contractors cooking cool country coupons courses cymru dance data day degree delivery democrat diamonds diet direct directory domains earth eco education engineer
	engineering enterprises equipment esq events exchange exposed express fail faith fan fans farm fish fishing flowers fm forex forsale forum foundation fund furniture fyi garden glass global gmbh gold graphics gratis green gripe group guide guitars hair
	haus hiv hockey how immo immobilien inc industries ink institute international investments juegos kaufen kim kitchen lat lease lgbt lighting limited limo llc llp ltd love luxury maison makeup management market marketing markets mba
	meet memorial menu mom monster mortgage motorcycles navy new nexus observer one onl ong organic parts partners phd phone pink place plumbing plus poker press prod productions prof protection pub pw racing realestate realty red rehab reise reisen
	repair report republican rest rich rip rodeo rsvp safe sarl save school schule secure security select sexy shiksha show singles skin soy spa storage study style sucks supplies supply surgery tattoo tax taxi tennis
	theater theatre tickets tienda tips tires town toys training tube uno university vet viajes villas vin vision vodka vote voting voto voyage watch wedding wiki wine wow yachts zuerich
	onion eth crypto bit local localhost internal intranet lan home corp example test invalid alt
	рф рус укр бел срб мкд қаз ею бг онлайн сайт орг ком дети москва ελ ευ 中国 中國 公司 网络 網路 香港 台湾 台灣 新加坡 澳門 在线 网址 网站 商城 商店 集团 我爱你 机构 公益 政务 한국 닷컴 닷넷 みんな コム テスト ไทย भारत संगठन कॉम קום ישראל السعودية مصر ایران الاردن موقع شبكة كوم امارات`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
