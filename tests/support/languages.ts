/** The same kind of talk in many languages: what people in studies say about their days, in plain words. */
export const languages: Readonly<Record<string, string>> = {
  English:
    "I get up at five because the oven needs an hour before the first loaves go in. My neighbour says I should buy one of those timers, but I like to hear the house wake up. Last week the delivery van was late again, and half of my regulars had already left for work by the time the rye was done. If somebody sold me a kettle that I could repair myself, I would pay twenty more for it, gladly.",
  German:
    "Ich stehe um fünf Uhr auf, weil der Ofen eine Stunde braucht, bevor die ersten Brote hineinkommen. Meine Nachbarin meint, ich solle mir eine Zeitschaltuhr kaufen, aber ich höre gern, wie das Haus aufwacht. Letzte Woche kam der Lieferwagen schon wieder zu spät, und die Hälfte meiner Stammkundschaft war längst bei der Arbeit. Für einen Wasserkocher, den ich selbst reparieren kann, würde ich gern zwanzig Euro mehr ausgeben.",
  French:
    "Je me lève à cinq heures parce que le four a besoin d'une heure avant d'accueillir les premiers pains. Ma voisine dit que je devrais acheter un minuteur, mais j'aime entendre la maison se réveiller. La semaine dernière, la camionnette est encore arrivée en retard, et la moitié de mes habitués étaient déjà partis au travail. Pour une bouilloire que je pourrais réparer moi-même, je paierais volontiers vingt euros de plus.",
  Spanish:
    "Me levanto a las cinco porque el horno necesita una hora antes de que entren los primeros panes. Mi vecina dice que debería comprarme un temporizador, pero me gusta oír cómo se despierta la casa. La semana pasada la furgoneta volvió a llegar tarde, y la mitad de mis clientes ya se habían ido a trabajar. Por un hervidor que yo misma pudiera arreglar pagaría con gusto veinte euros más.",
  Portuguese:
    "Levanto-me às cinco porque o forno precisa de uma hora antes de receber os primeiros pães. A minha vizinha diz que eu devia comprar um temporizador, mas gosto de ouvir a casa a acordar. Na semana passada a carrinha voltou a chegar atrasada, e metade dos meus clientes já tinha ido trabalhar. Por uma chaleira que eu própria pudesse consertar pagava de bom grado mais vinte euros.",
  Italian:
    "Mi alzo alle cinque perché il forno ha bisogno di un'ora prima che entrino le prime pagnotte. La mia vicina dice che dovrei comprare un timer, ma a me piace sentire la casa che si sveglia. La settimana scorsa il furgone è arrivato di nuovo in ritardo, e metà dei miei clienti era già andata al lavoro. Per un bollitore che potessi riparare da sola pagherei volentieri venti euro in più.",
  Dutch:
    "Ik sta om vijf uur op, omdat de oven een uur nodig heeft voordat de eerste broden erin gaan. Mijn buurvrouw vindt dat ik een tijdschakelaar moet kopen, maar ik hoor graag hoe het huis wakker wordt. Vorige week kwam de bestelwagen weer te laat, en de helft van mijn vaste klanten was toen al naar het werk. Voor een waterkoker die ik zelf kan repareren, zou ik graag twintig euro meer betalen.",
  Polish:
    "Wstaję o piątej, bo piec potrzebuje godziny, zanim włożę pierwsze bochenki. Sąsiadka mówi, że powinnam kupić sobie minutnik, ale lubię słuchać, jak dom się budzi. W zeszłym tygodniu furgonetka znowu się spóźniła i połowa moich stałych klientów zdążyła już pójść do pracy. Za czajnik, który mogłabym sama naprawić, chętnie zapłaciłabym dwadzieścia złotych więcej.",
  Turkish:
    "Saat beşte kalkıyorum, çünkü ilk ekmekler girmeden önce fırının bir saate ihtiyacı var. Komşum bir zamanlayıcı almam gerektiğini söylüyor, ama ben evin uyanışını dinlemeyi seviyorum. Geçen hafta kamyonet yine geç geldi ve müşterilerimin yarısı çoktan işe gitmişti. Kendim tamir edebileceğim bir su ısıtıcısı için seve seve yirmi lira fazla öderdim.",
  Russian:
    "Я встаю в пять, потому что печи нужен целый час, прежде чем в неё пойдут первые буханки. Соседка говорит, что мне пора купить таймер, но я люблю слушать, как просыпается дом. На прошлой неделе фургон опять опоздал, и половина моих постоянных покупателей уже ушла на работу. За чайник, который я могла бы починить сама, я бы с радостью заплатила на двадцать рублей больше.",
  Arabic:
    "أستيقظ في الخامسة لأن الفرن يحتاج إلى ساعة قبل أن تدخله الأرغفة الأولى. تقول جارتي إن عليّ أن أشتري مؤقتًا، لكنني أحب أن أسمع البيت وهو يصحو. في الأسبوع الماضي تأخرت سيارة التوصيل مرة أخرى، وكان نصف زبائني قد ذهبوا إلى العمل. من أجل غلاية أستطيع إصلاحها بنفسي سأدفع عشرين أكثر بكل سرور.",
  Hindi:
    "मैं पाँच बजे उठती हूँ, क्योंकि पहली रोटियाँ डालने से पहले तंदूर को एक घंटा चाहिए। पड़ोसन कहती है कि मुझे एक टाइमर खरीद लेना चाहिए, लेकिन मुझे घर का जागना सुनना अच्छा लगता है। पिछले हफ़्ते गाड़ी फिर देर से आई, और मेरे आधे ग्राहक तब तक काम पर जा चुके थे। ऐसी केतली के लिए जिसे मैं खुद ठीक कर सकूँ, मैं खुशी से बीस रुपये ज़्यादा दूँगी।",
  Chinese:
    "我五点起床，因为烤箱要预热一个小时，第一批面包才能进去。邻居说我该买个定时器，可我喜欢听这栋房子慢慢醒来的声音。上个星期送货的车又迟到了，等黑麦面包出炉的时候，一半的老顾客已经去上班了。要是有一种我自己能修的水壶，我很乐意多付二十块钱。",
  Japanese:
    "最初のパンを入れる前に窯を一時間温めないといけないので、五時に起きます。隣の人はタイマーを買えばいいと言いますが、私は家が目を覚ます音を聞くのが好きです。先週は配達の車がまた遅れて、ライ麦パンが焼けたころには常連さんの半分がもう仕事に出かけていました。自分で直せるやかんがあれば、喜んで二千円多く払います。",
  Korean:
    "첫 빵이 들어가기 전에 오븐을 한 시간은 데워야 해서 저는 다섯 시에 일어나요. 옆집 아주머니는 타이머를 하나 사라고 하시지만, 저는 집이 깨어나는 소리를 듣는 게 좋아요. 지난주에는 배달 차가 또 늦어서 호밀빵이 다 구워졌을 때는 단골손님 절반이 벌써 출근한 뒤였어요. 제가 직접 고칠 수 있는 주전자라면 기꺼이 이만 원을 더 내겠어요.",
  Thai: "ฉันตื่นตอนตีห้า เพราะเตาอบต้องใช้เวลาหนึ่งชั่วโมงก่อนที่ขนมปังก้อนแรกจะเข้าไป เพื่อนบ้านบอกว่าฉันควรซื้อนาฬิกาจับเวลา แต่ฉันชอบฟังเสียงบ้านที่กำลังตื่น สัปดาห์ที่แล้วรถส่งของมาสายอีกแล้ว และลูกค้าประจำครึ่งหนึ่งก็ไปทำงานกันหมดแล้ว ถ้ามีกาต้มน้ำที่ฉันซ่อมเองได้ ฉันยินดีจ่ายเพิ่มอีกยี่สิบบาท",
};
