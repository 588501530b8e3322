// Package freemail knows the domains of services where anybody gets a mail address. Such a domain
// says nothing about whom its users work for.
package freemail

import "strings"

// Has reports whether a domain, in lower case, is one of such a service, or below one.
func Has(domain string) bool {
	for d := domain; d != ""; {
		if services[d] {
			return true
		}
		_, d, _ = strings.Cut(d, ".")
	}
	name, _, _ := strings.Cut(domain, ".")
	return countries[name]
}

// countries are services that have a domain in many countries: yahoo.fr, hotmail.co.uk.
var countries = map[string]bool{"yahoo": true, "hotmail": true, "outlook": true, "live": true, "gmx": true, "ymail": true}

var services = func() map[string]bool {
	all := map[string]bool{}
	for _, d := range strings.Fields(list) {
		all[d] = true
	}
	return all
}()

const list = `
gmail.com googlemail.com icloud.com me.com mac.com aol.com msn.com passport.com rocketmail.com
proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com keemail.me
fastmail.com fastmail.fm hey.com zoho.com zohomail.com zohomail.eu mail.com email.com usa.com inbox.com
hushmail.com mailbox.org posteo.de posteo.net posteo.eu startmail.com runbox.com disroot.org riseup.net
web.de t-online.de freenet.de arcor.de email.de mail.de vodafone.de
orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr
libero.it virgilio.it tiscali.it alice.it tin.it
terra.es telefonica.net uol.com.br bol.com.br terra.com.br ig.com.br
bluewin.ch sunrise.ch hispeed.ch chello.at aon.at
ziggo.nl kpnmail.nl planet.nl home.nl telenet.be skynet.be
btinternet.com talktalk.net sky.com ntlworld.com virginmedia.com blueyonder.co.uk
comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com
rogers.com shaw.ca sympatico.ca bigpond.com optusnet.com.au
mail.ru inbox.ru list.ru bk.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net i.ua
qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn
naver.com hanmail.net daum.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp
rediffmail.com wp.pl o2.pl onet.pl interia.pl op.pl seznam.cz centrum.cz email.cz azet.sk abv.bg
freemail.hu citromail.hu inbox.lv mail.ee
guerrillamail.com mailinator.com 10minutemail.com yopmail.com trashmail.com
`
