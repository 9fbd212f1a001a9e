/** What the comparison of spellings knows of English. Lower case throughout. */

const wordsIn = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

/** Words without which there is hardly an English sentence; two of them are never one word misspelt. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  wordsIn(`the and of to in that this these those is are was were be been has have he she it its his her they
    their there then than with from for not now new no on or our out own who how will would could should can may must
    about after against also because before being between both but by during each even every into least less more most
    much only other over same since some still such through under until upon very what when where which while whose
    without your said says according`),
);

/** Those of them that other languages do not have as well. */
export const ENGLISH: ReadonlySet<string> = new Set(
  wordsIn(`the and of to that this these those were been has have his they their there with from for not
    would could should which while by said is it after`),
);

/** Real words that are a slip's breadth from another real word; inflected forms are found by their bases. */
export const LOOKALIKES: ReadonlySet<string> = new Set(
  wordsIn(`
    abduct adduct accept except access excess adopt adapt adoption adaptation adverse averse advice advise affect effect
    aide aid alley ally allusion illusion angel angle annual annul appraise apprise arise raise armed aimed arms aims
    attack attach attain assess assent ascent attribution attrition barn bran base bass bear beard bread board broad
    begin being belief believe relief relieve bet beat best beset bolder border bomb bob bombing bobbing bout boat brake
    break breach breech breath breathe bridge bride burned bruned burnt brunt bruised burst cabinet calm clam calvary
    cavalry capital capitol captor capture career carrier carving craving cast caste casual causal casualty causality
    cease censor censure census charge change chose choose cite site clash crash class claim climb close clothes cloud
    could coast cost coma comma command commend commander commanded commended comment commit complaint compliant
    complement compliment concede conceive conceded concealed conclude confident confidant confine confirm confirmed
    confided conform conscience conscious conservation conversation consul council counsel consist consort constriction
    construction contact contract contain content context contest contend continuous continual contention convention
    convert concert convey convoy convicted convinced conviction convection convict convince corporation cooperation
    corps corpse corpus correct collect connect correction connection collection course coarse county country courtesy
    curtesy cover covert covered coveted crack track crown crow crust curst curse cured crude dairy diary damage manage
    deal dead dear decent descent dissent decline deceased diseased decease defect deflect defection deflection defer
    deter deferred deterred deferral defuse diffuse delegate relegate deletion depletion denied defied deploy employ
    deposed disposed deport report deputed disputed deputation reputation desert dessert designation resignation
    destruction distraction detain retain detect deflect detection detention deter device devise devised revised died
    dyed dinner diner dining dinning disburse disperse discreet discrete discuss discus disease decease drag drug drone
    drove draw drawn dawn dose does dual duel earn learn east least elected ejected erected elect eject erect election
    ejection erection elicit illicit elusive allusive emigrate immigrate eminent imminent emission omission emotion
    motion employ enquire acquire ensure insure envelop envelope envoy envy escalate evacuate evacuated evaluated
    evaluate evacuation evaluation evade invade evasion invasion evoke revoke exciting exiting exited excited expand
    expend expansion expension expect inspect respect explode explore exploit exploded explored exploited explosion
    expulsion export expose extant extent extract exact fail fall fair fail faint feint false farm firm form farther
    further father felt left field filed file fill filled filled fired fire fined fine fixed find fight fright firing
    fining fleet fleeing flee float flout flaunt floor flour flow follow forced forded formally formerly former farmer
    forth fourth found fund funded founded from fuel duel fuse garden guard gird grid global goal gaol govern grater
    greater ground group grove groove guerrilla gorilla gun gum hail haul halt halve hanged handed hanger hangar hard
    heard harbour haven heaven heal health healed held help herd hole whole hopping hoping hostage house horse hospital
    hostel hostile human humane hurt hunt impart import imported imparted immortality immorality immoral immortal
    imposed impost impressed imprisoned incidence incident incite insight indict indite induction infect inject inflect
    infected injected inspected infection inflection injection infer infest invest ingenious ingenuous inhabited
    inhibited injured insured inured inserted inverted instituted institute intend intent intense intercept interrupt
    interned interred interment internment intention invention interrogation jail join joint judge nudge killed kilted
    knew know lair liar land laid later latter launch lunch launched lunched lead led lean learn leased released leave
    liable libel line lien load loan local locale lone loose lose loot lost looted louted loss lord load lower major
    mayor manor manner march marsh marine marital martial marshal massage message master muster material mature meter
    mine mind mined minded miner minor minute minuet missal missile missive mission misson missed massed mob mop moral
    morale morality mortality mortal mortar motor moved mowed murder mourning morning naval navel nation notion native
    negation negotiation nuclear unclear observe occupy occur offer officer official officious once ounce operation
    order older outage outrage outcast paled palled paltry poultry parish perish part port party patty partied pastor
    pasture patients patience patrol petrol parole peace piece pact peak peer pear penal panel perfect prefect perfectly
    prefectly permit persecute prosecute persecuted prosecuted persecution prosecution persevered preserved person
    prison personal personnel perpetrate perpetuate persons prisons petition partition pined pinned planed planned plane
    plain plan plant plate pilot plot poll pool pole poor pored poured portion potion position possess posses post
    precede proceed precedent president prescribe proscribe presence presents present prevent presented prevented
    prevention presentation pretension pressed press price prize prince principal principle private pirate probe prove
    procession possession profit prophet project protect projected protected projection protection produced product
    promise premise promised premised promote prompted propose purpose proposition preposition prosper protest provide
    province quiet quite raided raised raided ranged raged range rage raid rain ruin ran rally really rational rationale
    ration ratio reach react reaction retraction read ready reality realty rear rebel revel rebuke rebut rebuff recede
    recent resent reception recession reclaim recount recruit recover redeem reduce refer defer refuge refuse refugee
    referee regain remain retain regained remained retained regime regimen reign rein reject rejected reelected relay
    rely release relieve relive revile reliable relation revelation relevant reluctant remove remote rent rend repeal
    repel repeat repelled expelled replay reply report deport repress represent rescue reserve reserved reverse reversed
    revered resolution revolution evolution resign reassign resort restored restrict retired retried retreat retread
    retort return reveal revel revere revert revolt revolved resolved resolve revolve revue review ride rise rivel
    rival river rob robe rocket rockets round wound rout route ruling riling sacred scared scarred scare scar safely
    safety sail sale salute salve slave salvo save sapper scrap scarp screen seal sealed seated season reason seat
    second secret secrete secretary section selection seed cede seize siege size seized sized sentence separate series
    serious service seven server several severe severed served shell smell spell swell shelling smelling spelling
    swelling shelled smelled shift shirt shock shook shoot shout shot shooting shouting shop ship shore short shower
    show side sign sing singe signed singed signing singing silver sliver single signal singled signaled sink site
    siting sitting sat skip slam slap slip sloping slopping snipe snip social soldier solider sole soul sought source
    speak spread spilt split sprit spirit squad squat staff stuff stag stage stair stake steak stall star stare staring
    starring start state statue status statute stationary stationery station stay strait straight strategic strained
    stranded stray stream strike stroke stripe stride strip striking stroking striped stripped strikes strides stripes
    strokes struck stuck studied stop stoop storm story strong submission summit support suppose supported supposed
    suppress supply surge purge suspect suspected suspend suspended sweep sweet swear wear tank thank talk tail tale
    taped tapped tap tape target tear team term terms test text their there three thorough through though thought
    threat treat threaten tread thrust trust trusted tide tied tier tire tired tried tries tires toll told tomb torn
    touch tow town twon tract trace track trade traded trail trial train tram transport trapped traps treated treaty
    treason trend troop tropes troops trophy truce truck struck turn unite untie united untied unity units unit until
    uninhabited uninhibited union unanimous anonymous used sued vacate vacation vocation valley volley venal venial
    veneration generation verses versus vessel vassal veto victim vote voted waging wagging war warn warm warned warmed
    was waste watch water wave waved weak week wear weather whether weight height whale where were wield wielded welded
    wind wing wined wined wined winner wiper without withdraw witness woman women word work world wore worn wound
    wounded founded bounded wreck write writ wring wrong yield
    own won no on not ton form from saw was who how two tow own now its sit god dog end den era are
    lost lots left felt diary silent listen trios riots aids aides bouts tries prowl quit quiet trails sold solid
    staffed stuffed tested texted raised razed poised posed released relapsed denounced renounced announced seceded
    succeeded ceded exerted exerted averted avert overt reared reaped gained rained trained strained drained restrained
    deprived derived survived revived mission fission fusion moved loved wanted waned fled fed led aired fired hired
    tired held hold sent send spent spend built build lent lend met meet fought bought brought taught caught sought
    derision decision exorcise exercise reverence reference preference colonel colonial populate copulate internet
    interest spatial special withdrew withdraw certain curtain missive pestering festering reporter importer
    mediate meditate mediation meditation mediator treatise treaties prisoner poisoner intentional international
    interaction interjection secession succession liberate librate hope hop scan sane plan plane tap tape rat rate cut cute bit bite ten tent tense hear fear tear near bear wear year gear dear
  `),
);

/**
 * Beginnings of words that are often misspelt and have no real word a slip away. A form that has one, beside a form
 * that is a slip away from it within that beginning, is that word spelt right.
 */
export const OFTEN_MISSPELT: ReadonlySet<string> = new Set(
  wordsIn(`
    january february august september october november december april tuesday wednesday thursday saturday
    government separat definit independen necessar receiv achiev occurr occasion accommodat embarrass environment
    parliament commission committe recommend succe beginning believ foreign neighbo privileg maintenance millenni
    tomorrow immediat assassin ceasefire lieutenant guerrill humanitarian withdrawal withdraw artiller militar casualt
    negotiat agreement ambassador announce appear approximat argument ballistic brigad campaign captur centr chancellor
    civilian coalition colonel commun comparison conscript continu controvers correspond defini democra demonstrat
    destroy diplomat disappear disappoint discipl electric emergenc equipment especially exaggerat existence explanation
    familiar fortunately further guarantee harass headquarter helicopter hospital hypocri identif infrastruct
    intelligen interest international interfer investigat journalist knowledge legislat libera magazine manufactur
    ministr missile mobiliz mobilis munition neighbour nuclear occupat offensive opportunit organiz organis
    particular peninsula permanent persisten pharaoh politic possess practical preside
    pressur prisoner probabl professional pronunciation proganda propaganda publicly questionnaire
    reconnaissance recommendation referend refugee reinforce relevan religio represent republic 
    responsib restaura retaliat rhythm sanction schedul secretar securit sergeant similar sincerely soldier sovereign
    special spokesman spokeswoman statement strateg suburb surprise surrend surveillance temperature temporar territor
    threaten throughout together tragedy tyranny ukrain underst unfortunately vaccin vehicle vietnam violen
    volunteer warehouse weapon wherever yesterday administrat ammunition anniversar apparent appropriat attempt
    beautiful business calendar category cemetery challenge character colleague
    conscien consensus council criticis criticiz deceiv decision dependent develop difference difficult dilemma
    eighteen evidence exercise experien facilit financ friend fulfil genera grammar height hierarch
    humorous ignoran important incident industr influenc initial inoculat irresist isolat jewellery kidnap language
    leisure liaison librar licen lightning loneliness medicine memor mischiev misspell molecul narrativ natural noticeabl
    obstacle omission origin parallel perceiv perform persever personnel persuad phenomen physic pilgrim planning
    playwright populat precede prejudic previous primar procedure provinc pursu reference repetition
    resourc resurrect roughly satellit scenario scissors several significan simultan sophisticat souvenir stubborn
    substan suddenly sufficient supersede suppress technolog televis terroris threshold transfer twelfth typical usually
    vacuum  
  `),
);
