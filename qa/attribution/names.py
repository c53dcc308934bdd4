"""Given names of men, of women and of either, in lower case: the common ones in English-language news.

They tell "Lindsey Graham" from "Grand Rapids", and whom "she" can mean. What this module does not know: everybody else;
a name that is not here is no evidence against anything.
"""

from __future__ import annotations

from qa.text import fold

__all__ = ["EITHER_NAMES", "FEMALE_NAMES", "GIVEN_NAMES", "MALE_NAMES", "are_alike", "gender_of_name"]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


MALE_NAMES = _words(
    """
    harrison jackson hudson hunter cooper grayson wyatt cody brody trent chase derrick dwayne jamal tyrone kareem
    malik rashid rishi sunil raj vijay arjun amit ravi anil deepak naci fumio shigeru kenji takeshi hiroshi akira
    naftali yair mahmoud ebrahim qasem cyril uhuru yoweri muhammadu jair nayib pat omid ammar hadi aaron abdel abdul
    abdullah abe abraham adam adolf adrian ahmad ahmed al alan alastair albert alberto alejandro alexander alexandre
    alexei alfonso alfred ali alistair allan allen amir anders andre andreas andres andrew andrey andriy andrzej
    andy angus anthony antoine anton antonin antonio antony archie armando arnold arthur arturo asif austin barack
    barry bart bashar ben benedict benito benjamin benny bernard bernhard bernie bert bertrand bill billy bjorn bob
    bobby boris brad bradley brandon brendan brent bret brett brian bruce bruno bryan byron caleb calvin carl carlos
    cecil cedric cesar chad charles charlie chester chip christian christoph christophe christopher chuck clarence
    clark claude claudio clayton cliff clifford clint clive colin conor conrad corey craig curt curtis dale damian
    damien dan daniel danny darrell darren dave david dean declan denis dennis derek devin diego dieter dinesh dirk
    dmitri dmitriy dmitry dominic don donald dong doug douglas drew duncan dustin dwight dylan earl ed eddie edgar
    eduardo edward edwin elijah elliot elliott elmer elon emanuel emil emmanuel enrico enrique eric erich erik
    ernest ernesto ernie ethan eugene evan evgeny fabian felipe felix ferdinand fernando fidel francesco francis
    francisco francois frank franklin franz fred freddie frederick friedrich gabriel gareth garrett gary gavin gene
    geoff geoffrey george georges gerald gerard gerhard giorgio giovanni giuseppe glen glenn gordon graham greg
    gregory guido guillermo gunter gustav guy hamid hank hans harold harry harvey hassan hector heinrich heinz
    helmut henri henrik henry herbert herman hosni howard hubert hugh hugo hussein ian ibrahim igor imran ismail
    ivan ivo jack jacob jacques jaime jake james jan jared jason javier jay jeb jeff jeffery jeffrey jens jeremiah
    jeremy jerome jerry jesse jesus jim jimmy jiri joachim joao joaquin joe joel johan johann johannes john johnny
    jon jonah jonas jonathan jorge jose josef joseph josh joshua juan julian julio jurgen justin karim karl keir
    keith ken kenneth kenny kevin khalid khizr kirk kofi konrad konstantin kurt kyle laloo lance larry lars laszlo
    laurence lawrence lech len leo leon leonard leonardo leonid leopold levi liam lindsey lionel lloyd lorenzo lou
    louis luca lucas luis luiz luke lyle lyndon malcolm manfred manuel marc marcel marco marcos marcus mario marius
    mark marshall martin martino marty marvin massimo mateusz mathew matt matteo matthew matthias maurice mauricio
    mauro max maxim maximilian mehmet mel mervyn michael michel mick miguel mike mikhail miles milton mitch mitchell
    mitt mohamed mohammad mohammed muammar muhammad mustafa narendra nathan nathaniel neal neil nelson newt nicholas
    nick nicola nicolas nicolo nigel nikolai noah noel norbert norman olaf oleg oliver olivier omar orlando oscar
    osama oskar otto owen pablo paolo pascal patrick paul pavel pedro perry pete peter petr petro phil philip
    philippe phillip pierre piotr preston quentin rafael rahm rajiv ralph ramon rand randall randy raul ray raymond
    recep reggie reince reinhard rene rex ricardo richard rick ricky rob robbie robby robert roberto rod roderick
    rodney rodrigo roger roland rolf roman ron ronald ronnie rory ross roy rudolf rudolph rudy rupert rush russ
    russell ryan saddam salman salvador salvatore samir samuel sanjay santiago saul scott sean sebastian serge
    sergei sergey sergio seth shane shaun sheldon shinzo sidney silvio simon spencer stan stanley stefan stefano
    stephen steve steven stewart stig stuart sven syed tad tayyip ted terence terrence theodore thomas thorsten tim
    timothy tobias toby todd tom tomas tomasz tommy tony travis trevor trey ulrich umberto uwe vaclav vernon victor
    viktor vince vincent vincenzo vitali vladimir volodymyr walt walter warren wayne wendell werner wesley wilbur
    wilhelm will willem william willie winston wolfgang xavier yakov yasser yuri yusuf yves zachary zbigniew
    """
)
FEMALE_NAMES = _words(
    """
    abigail ada adele adriana agnes agnieszka aisha alexandra alexandria alice alicia alina alison allison alma
    amanda amber amelia amy ana anastasia andrea angela angelica angelina angelique angie anita anja ann anna
    annabel anne annegret annette annie antonia april arianna arlene ashley astrid audrey ayesha barbara beata
    beatrice beatrix becky belinda benazir bernadette bernice bertha beth bethany betsy bette betty beverly bonnie
    brenda brianna bridget brigid brigitte britta brittany camilla camille candace candice carla carly carmel carmen
    carol carole carolina caroline carolyn carrie catalina catherine cathy cecile cecilia celia charlene charlotte
    chelsea cheryl chiara christa christiana christina christine cindy claire clara clare claudia colleen
    condoleezza connie consuelo corinna corinne courtney cristina crystal cynthia daisy daniela danielle daphne
    darlene dawn debbie deborah debra delia denise diana diane dianne dina dolores donna dora doris dorothy edith
    edna eileen elaine eleanor elena elinor elisabeth elise eliza elizabeth ella ellen elsa elvira emilia emily emma
    erica erika erin esther ethel eugenia eva evelyn faith fatima faye felicia fiona florence frances francesca
    francine franziska frida gabriela gabriele gabrielle gail genevieve georgia georgina geraldine gerda gertrude
    ghazala gillian gina ginger giorgia giovanna gisela giulia gladys glenda gloria grace greta gretchen gwen
    gwendolyn hannah harriet heather heidi helen helena helene helga henrietta hilary hilda hillary hope huma ida
    ilana ilona ilse imelda ingrid irena irene irina iris irma isabel isabella ivana ivanka jacqueline jana jane
    janet janice janine jasmine jayne jeanette jeanne jennie jennifer jenny jill joan joanna joanne jocelyn johanna
    josefina josephine joy joyce juana juanita judith judy julia juliana julianne julie juliet june justine karen
    karin karla karolina kate katharina katharine katherine kathleen kathryn kathy katia katie katrin katrina kay
    kayla kayleigh keisha kellyanne kendra kerstin kimberly kirsten kristen kristi kristin kristina larissa latoya
    laura laurel lauren laurie leah leila lena leonora leticia lilian lillian lily linda lindsay lisa liz loretta
    lori lorraine louise lucia lucille lucy luisa lydia lynne mabel madeleine madison maggie magdalena maia manuela
    mara marcia margaret margarita margery margot maria mariana marianne marie marilyn marina marine marissa
    marjorie marlene marsha marta martha martina mary maryam matilda maude maureen maxine maya megan meghan megyn
    mehbooba melania melanie melinda melissa mercedes meredith mia michaela michele michelle mildred mimi minyon
    miranda miriam mitzi moira molly mona monica monika monique muriel myra myrna nadia nadine nancy naomi natalia
    natalie natasha neera nellie nicole nikki nina nora noreen norma octavia olga olive olivia olympia oprah pamela
    paola patricia patsy patti patty paula paulina pauline pearl peggy penelope penny petra phoebe phyllis pilar
    polly priscilla priya rachel rebecca regina renata renee rhonda rita roberta rosa rosalind rosalynn rose
    rosemary rosie roxana roxane ruby ruth sabine sabrina sally samantha sandra sara sarah saskia shannon sharon
    sheila shelley sheryl shirley silvia simone sofia sonia sonja sonya sophia sophie stacey stella stephanie sue
    susan susana susanna susanne susie suzanne svetlana sybil sylvia sylvie tabitha tamara tammy tanya tara tatiana
    tatyana teresa tess thelma theresa therese tiffany tina tonya trudy uma ursula valentina valerie vanessa vanita
    vera veronica victoria viola violet virginia vivian viviane wanda wendy wilhelmina wilma winifred xiomara yasmin
    yolanda yulia yvette yvonne zainab zoe zofia zuzana
    """
)
EITHER_NAMES = _words(
    """
    adrienne alex ariel ashton avery blair blake bobbie brook brooke cameron carey carmine casey chandler chris cory
    courtland dana dominique drew dylan eli francoise gerry jackie jaden jamie jean jess jessie jo jody jordan jules
    kai kelley kelly kelsey kendall kerry kim kit kris lane lee leigh leslie lindy logan loren lynn mackenzie marion
    marley marlin mckinley meredyth mo morgan nicky nour parker pat paz peyton quinn reed regan reese riley robin
    robyn rowan sacha sam sandy sasha sawyer shelby sidney skyler stacy sydney taylor terry toni tracey tracy val
    wen whitney
    """
)
GIVEN_NAMES = MALE_NAMES | FEMALE_NAMES | EITHER_NAMES

# What nobody would guess from the letters; "Ken" is short for "Kenneth" anyway.
_SHORT = {
    "bill": "william",
    "bob": "robert",
    "bobby": "robert",
    "dick": "richard",
    "jack": "john",
    "jim": "james",
    "jimmy": "james",
    "joe": "joseph",
    "kate": "katherine",
    "liz": "elizabeth",
    "mike": "michael",
    "ted": "edward",
    "tom": "thomas",
    "tony": "anthony",
}
_SHORTEST = 3


def are_alike(one: str, other: str) -> bool:
    """Say whether two given names, folded, can be one person's: "Ken" and "Kenneth", but not "Ivan" and "Ivana"."""
    if one == other or _SHORT.get(one) == other or _SHORT.get(other) == one:
        return True
    short, long = sorted((one, other), key=len)
    apart = (one in MALE_NAMES and other in FEMALE_NAMES) or (one in FEMALE_NAMES and other in MALE_NAMES)
    return len(short) >= _SHORTEST and long.startswith(short) and not apart and long in GIVEN_NAMES


def gender_of_name(name: str) -> str | None:
    """Say "m" or "f" of a person by their given name; None where it does not tell, or there is none."""
    words = fold(name).split()
    if len(words) < 2:
        return None
    return "m" if words[0] in MALE_NAMES else "f" if words[0] in FEMALE_NAMES else None
