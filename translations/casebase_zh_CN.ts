<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>CellPainter</name>
    <message>
        <source>The formula says that this is an error.</source>
        <translation>公式将此标记为错误。</translation>
    </message>
    <message>
        <source>Something is divided by zero.</source>
        <translation>除数为零。</translation>
    </message>
    <message>
        <source>The result is no number, or cannot be shown as this type.</source>
        <translation>结果不是数字，或无法显示为此类型。</translation>
    </message>
    <message>
        <source>A unit or a calendar that the formula names is not known.</source>
        <translation>公式中的单位或工作时间无法识别。</translation>
    </message>
    <message>
        <source>The pattern in the formula is wrong.</source>
        <translation>公式中的正则表达式有误。</translation>
    </message>
    <message>
        <source>A field that the formula reads has been deleted.</source>
        <translation>公式引用的字段已被删除。</translation>
    </message>
    <message>
        <source>The formula reads itself.</source>
        <translation>公式引用了自身。</translation>
    </message>
    <message>
        <source>The formula takes too many steps, or its text is too long.</source>
        <translation>公式计算步骤过多，或文本过长。</translation>
    </message>
    <message>
        <source>(without a name)</source>
        <translation>（未命名）</translation>
    </message>
    <message>
        <source>%1 (left)</source>
        <translation>%1（已离开）</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>This could not be understood: %1. Check it and try again.</source>
        <translation>这个请求无法理解：%1。请检查后再试。</translation>
    </message>
    <message>
        <source>%1 is not here. It may have been deleted, or you may not see it.</source>
        <translation>%1 不在这里。可能已被删除，或你无权查看。</translation>
    </message>
    <message>
        <source>Your role does not allow this: %1. Ask an owner of the base.</source>
        <translation>你的角色不允许这样做：%1。可以请库的所有者处理。</translation>
    </message>
    <message>
        <source>You are not signed in, or the sign-in has expired. Sign in again.</source>
        <translation>尚未登录，或登录已过期。重新登录。</translation>
    </message>
    <message>
        <source>The change could not be stored. Nothing was changed; try again shortly.</source>
        <translation>改动未能存储，什么都没有改变；稍后再试。</translation>
    </message>
    <message>
        <source>The server cannot be reached: %1. Check the address and the network.</source>
        <translation>连不上服务器：%1。检查地址和网络。</translation>
    </message>
    <message>
        <source>The message could not be read: %1. Check the version of the program.</source>
        <translation>消息无法读取：%1。检查程序版本。</translation>
    </message>
    <message>
        <source>There is no table “%1” that you can see. Check its name or id.</source>
        <translation>没有你能看到的表 “%1”。检查名称或编号。</translation>
    </message>
    <message>
        <source>There is no field “%1” in this table. Check its name or id.</source>
        <translation>此表没有字段 “%1”。检查名称或编号。</translation>
    </message>
    <message>
        <source>Record %1 is not in this table. It may have been deleted.</source>
        <translation>记录 %1 不在此表中。可能已被删除。</translation>
    </message>
    <message>
        <source>“%2” is not an option of the field “%1”. Choose one of its options, or add it first.</source>
        <translation>“%2” 不是字段 “%1” 的选项。改选已有选项，或先添加。</translation>
    </message>
    <message>
        <source>“%1” is not a person of this base. Use a user name, name or id.</source>
        <translation>“%1” 不是此库的成员。用户名、姓名或编号均可。</translation>
    </message>
    <message>
        <source>The field “%1” cannot take “%2”. It expects %3.</source>
        <translation>字段 “%1” 不接受 “%2”，需要 %3。</translation>
    </message>
    <message>
        <source>The field “%1” is filled in by the system and cannot be edited.</source>
        <translation>字段 “%1” 由系统填写，不能编辑。</translation>
    </message>
    <message>
        <source>The name “%1” is already used here. Choose another.</source>
        <translation>名称 “%1” 已被使用。换一个。</translation>
    </message>
    <message>
        <source>A name is needed. Type at least one character.</source>
        <translation>需要名称，至少一个字符。</translation>
    </message>
    <message>
        <source>The text for “%1” holds characters that cannot be stored. Remove control characters.</source>
        <translation>“%1” 的文字含有无法存储的字符。去掉控制字符。</translation>
    </message>
    <message>
        <source>“%1” has been changed by somebody else since. Look at the new value first.</source>
        <translation>“%1” 已被他人改动。先看新值。</translation>
    </message>
    <message>
        <source>%1 has already decided this at %2. Open the record to see the result.</source>
        <translation>%1 已在 %2 处理。打开记录查看结果。</translation>
    </message>
    <message>
        <source>The record is in the workflow node “%1” and is locked until that ends.</source>
        <translation>记录处于流程节点 “%1”，结束前锁定。</translation>
    </message>
    <message>
        <source>The workflow cannot be used: %1.</source>
        <translation>流程不可用：%1。</translation>
    </message>
    <message>
        <source>The workflow “%1” is already running on this record.</source>
        <translation>流程 “%1” 已在此记录上运行。</translation>
    </message>
    <message>
        <source>%1 is too large; the limit is %2. Split it or make it smaller.</source>
        <translation>%1 太大，上限 %2。拆分或缩小。</translation>
    </message>
    <message>
        <source>Too many %1; the limit is %2. Send them in several parts.</source>
        <translation>%1 太多，上限 %2。分几次发送。</translation>
    </message>
    <message>
        <source>This change carries the number of another change and was not applied.</source>
        <translation>此改动与另一改动编号相同，未执行。</translation>
    </message>
    <message>
        <source>User name or password is wrong. Check both, and Caps Lock.</source>
        <translation>用户名或密码不对。检查两者和大写锁定。</translation>
    </message>
    <message>
        <source>Too many attempts. Wait %1 seconds and try again.</source>
        <translation>尝试次数过多。等 %1 秒再试。</translation>
    </message>
    <message>
        <source>%1 was written by a newer version of Casebase. Update this program; nothing was changed.</source>
        <translation>%1 由更新版本的 Casebase 写入。更新本程序；没有任何改动。</translation>
    </message>
    <message>
        <source>The data directory %1 is in use by another Casebase process (%2). Stop that first.</source>
        <translation>数据目录 %1 正被另一 Casebase 进程（%2）使用。先停止它。</translation>
    </message>
    <message>
        <source>The formula cannot be read at character %1: %2.</source>
        <translation>公式在第 %1 个字符处无法读取：%2。</translation>
    </message>
    <message>
        <source>The file cannot be read at line %1: %2.</source>
        <translation>文件第 %1 行无法读取：%2。</translation>
    </message>
    <message>
        <source>%1 exists already. Choose another.</source>
        <translation>%1 已存在。换一个。</translation>
    </message>
    <message>
        <source>The password needs 10 to 256 bytes and no control characters. Choose a longer one.</source>
        <translation>密码需 10 到 256 字节，不含控制字符。换一个更长的。</translation>
    </message>
    <message>
        <source>This was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>The position is unknown here; the base is loaded again.</source>
        <translation>此处不认识该位置，正在重新载入库。</translation>
    </message>
    <message>
        <source>“%1” is missing. Fill it in and try again.</source>
        <translation>缺少 “%1”。填好再试。</translation>
    </message>
    <message>
        <source>“%1” is the first field and names the records. Make another field the first one before.</source>
        <translation>“%1” 是首字段，用来称呼记录。先把别的字段移到最前。</translation>
    </message>
    <message>
        <source>The server is busy or shutting down. Try again in %1 seconds.</source>
        <translation>服务器忙或正在停止。%1 秒后再试。</translation>
    </message>
    <message>
        <source>A reason is needed to reject. Write one sentence and try again.</source>
        <translation>驳回需要理由。写一句话再试。</translation>
    </message>
    <message>
        <source>“%1” is not a key that is known here. Check its spelling.</source>
        <translation>“%1” 不是这里认识的键。检查拼写。</translation>
    </message>
    <message>
        <source>The file of the store is damaged. Stop the server, keep the file, and restore a backup.</source>
        <translation>数据文件已损坏。请停止服务器，保留该文件，并恢复备份。</translation>
    </message>
    <message>
        <source>The query took longer than %1 seconds and was stopped. Make it narrower.</source>
        <translation>查询超过 %1 秒，已停止。请缩小范围。</translation>
    </message>
    <message>
        <source>The server was restored from a backup of an earlier time, and this change is not there any more. Send it again, or discard it.</source>
        <translation>服务器已从较早的备份恢复，这项更改已不在其中。请重新发送，或放弃。</translation>
    </message>
    <message>
        <source>The disk that holds the data is full. Nothing was changed; it goes on by itself once there is space.</source>
        <translation>存放数据的磁盘已满。没有任何改动；腾出空间后会自动继续。</translation>
    </message>
    <message>
        <source>Casebase is already open for this account on this computer. Use that window, or close it first.</source>
        <translation>这台电脑上已经用此账号打开了 Casebase。请使用那个窗口，或先将其关闭。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to. Check its permissions, or choose another.</source>
        <translation>无法写入文件夹 %1。请检查其权限，或另选一个。</translation>
    </message>
    <message>
        <source>Another program has written to the file that holds the data. Nothing was changed. Restart Casebase; on a server, run “casebase-server check” first.</source>
        <translation>另有程序写入了存放数据的文件，没有做任何更改。请重新启动 Casebase；如果是服务器，请先运行“casebase-server check”。</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>an amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>a share such as 25%</source>
        <translation>比例，例如 25%</translation>
    </message>
    <message>
        <source>a number from 0 to 100</source>
        <translation>0 到 100 的数字</translation>
    </message>
    <message>
        <source>a whole number from 0 to the field&apos;s best</source>
        <translation>0 到最高分之间的整数</translation>
    </message>
    <message>
        <source>a duration such as 1:30, 90 (minutes) or 2h</source>
        <translation>时长，例如 1:30、90（分钟）或 2小时</translation>
    </message>
    <message>
        <source>a duration such as 0:01:30, 90 (seconds) or 2h</source>
        <translation>时长，例如 0:01:30、90（秒）或 2小时</translation>
    </message>
    <message>
        <source>a date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>a date such as 2026-11-22</source>
        <translation>日期，例如 2026-11-22</translation>
    </message>
    <message>
        <source>a date and time</source>
        <translation>日期和时间</translation>
    </message>
    <message>
        <source>a date and time such as 2026-11-22 14:30</source>
        <translation>日期和时间，例如 2026-11-22 14:30</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是或否</translation>
    </message>
    <message>
        <source>a person</source>
        <translation>成员</translation>
    </message>
    <message>
        <source>an option</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>a list of options</source>
        <translation>选项列表</translation>
    </message>
    <message>
        <source>files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>files, which are dropped or picked</source>
        <translation>拖入或选择的文件</translation>
    </message>
    <message>
        <source>a file that was sent to this base</source>
        <translation>已上传到此库的文件</translation>
    </message>
    <message>
        <source>an e-mail address such as name@example.com</source>
        <translation>邮箱地址，例如 name@example.com</translation>
    </message>
    <message>
        <source>a link such as https://example.com/page</source>
        <translation>链接，例如 https://example.com/page</translation>
    </message>
    <message>
        <source>a telephone number such as +86 138 0013 8000</source>
        <translation>电话号码，例如 +86 138 0013 8000</translation>
    </message>
    <message>
        <source>The base</source>
        <translation>此库</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>此文件</translation>
    </message>
    <message>
        <source>The node</source>
        <translation>此节点</translation>
    </message>
    <message>
        <source>The task</source>
        <translation>此任务</translation>
    </message>
    <message>
        <source>The view</source>
        <translation>此视图</translation>
    </message>
    <message>
        <source>The workflow</source>
        <translation>此流程</translation>
    </message>
    <message>
        <source>administrators manage people</source>
        <translation>成员由管理员管理</translation>
    </message>
    <message>
        <source>attaching files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>changing records</source>
        <translation>修改记录</translation>
    </message>
    <message>
        <source>changing tables, fields, workflows or members</source>
        <translation>修改表、字段、流程或成员</translation>
    </message>
    <message>
        <source>changing this field at this node</source>
        <translation>在此节点修改这个字段</translation>
    </message>
    <message>
        <source>starting a workflow</source>
        <translation>发起流程</translation>
    </message>
    <message>
        <source>withdrawing this workflow</source>
        <translation>撤回此流程</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>真或假</translation>
    </message>
    <message>
        <source>the name of an option</source>
        <translation>选项名称</translation>
    </message>
    <message>
        <source>a list of option names</source>
        <translation>选项名称列表</translation>
    </message>
    <message>
        <source>no such default</source>
        <translation>不能有这种默认值</translation>
    </message>
    <message>
        <source>The formula cannot be used; at character %1: %2.</source>
        <translation>公式无法使用；第 %1 个字符处：%2。</translation>
    </message>
    <message>
        <source>%1 does not take %2 values</source>
        <translation>%1 不接受 %2 个值</translation>
    </message>
    <message>
        <source>LET ends without a result</source>
        <translation>LET 缺少结果</translation>
    </message>
    <message>
        <source>it ends too early; a value is missing</source>
        <translation>公式过早结束，缺少一个值</translation>
    </message>
    <message>
        <source>it has more than 500 operators</source>
        <translation>运算符超过 500 个</translation>
    </message>
    <message>
        <source>it is nested deeper than 64 levels</source>
        <translation>嵌套超过 64 层</translation>
    </message>
    <message>
        <source>something is left over here</source>
        <translation>此处有多余的内容</translation>
    </message>
    <message>
        <source>the closing quote is missing</source>
        <translation>缺少右引号</translation>
    </message>
    <message>
        <source>the formula is longer than 65,536 characters</source>
        <translation>公式超过 65,536 个字符</translation>
    </message>
    <message>
        <source>the text holds what cannot be stored</source>
        <translation>文本包含无法保存的字符</translation>
    </message>
    <message>
        <source>there is no field “%1”</source>
        <translation>没有字段“%1”</translation>
    </message>
    <message>
        <source>there is no function “%1”</source>
        <translation>没有函数“%1”</translation>
    </message>
    <message>
        <source>this is not a number</source>
        <translation>这不是数字</translation>
    </message>
    <message>
        <source>“%1” is not expected</source>
        <translation>此处不应出现“%1”</translation>
    </message>
    <message>
        <source>“)” is missing</source>
        <translation>缺少“)”</translation>
    </message>
    <message>
        <source>“,” or “)” is missing</source>
        <translation>缺少“,”或“)”</translation>
    </message>
    <message>
        <source>“}” is missing</source>
        <translation>缺少“}”</translation>
    </message>
    <message>
        <source>its result cannot be shown as this type</source>
        <translation>结果不能显示为此类型</translation>
    </message>
    <message>
        <source>it reads itself: %1</source>
        <translation>公式引用了自身：%1</translation>
    </message>
    <message>
        <source>The field “%1” cannot lead to “%2”: there is no such record. Choose another, or make it first.</source>
        <translation>字段“%1”不能关联“%2”：没有这条记录。请选择其他记录，或先新建它。</translation>
    </message>
    <message>
        <source>The field “%1” takes at most %2 linked records.</source>
        <translation>字段“%1”最多关联 %2 条记录。</translation>
    </message>
    <message>
        <source>“%2” is already linked, and “%1” takes one record only. Remove that link first.</source>
        <translation>“%2”已被关联，而“%1”只能关联一条记录。请先移除那个关联。</translation>
    </message>
    <message>
        <source>“%1” cannot be deleted while a record of “%2” leads to it. Remove the link first.</source>
        <translation>“%2”中还有记录关联着“%1”，不能删除。请先移除关联。</translation>
    </message>
    <message>
        <source>a list of records</source>
        <translation>一组记录</translation>
    </message>
    <message>
        <source>a list of the ids of records</source>
        <translation>一组记录的 ID</translation>
    </message>
    <message>
        <source>“%1” is no link field</source>
        <translation>“%1”不是关联字段</translation>
    </message>
    <message>
        <source>“%2” stands in another record already, and no two records may have the same “%1”. Enter another value.</source>
        <translation>“%2”已存在于另一条记录，“%1”不可重复。请输入其他值。</translation>
    </message>
    <message>
        <source>The field “%1” does not take “%2”: %3.</source>
        <translation>字段“%1”不接受“%2”：%3。</translation>
    </message>
    <message>
        <source>it does not have the form that is asked for</source>
        <translation>格式不符合要求</translation>
    </message>
    <message>
        <source>the condition of the field is not met</source>
        <translation>不满足该字段的条件</translation>
    </message>
    <message>
        <source>a list of people</source>
        <translation>成员列表</translation>
    </message>
    <message>
        <source>“%1” does not go from “%2” to “%3”. From there it may go to: %4.</source>
        <translation>“%1”不能从“%2”变为“%3”。从那里只能变为：%4。</translation>
    </message>
    <message>
        <source>“%1” becomes “%2” only with a reason. Write it into “%3” in the same step.</source>
        <translation>“%1”变为“%2”时须说明原因。请同时填写“%3”。</translation>
    </message>
    <message>
        <source>“%2” is no choice for “%1” while “%3” is “%4”. Choose another, or change “%3” first.</source>
        <translation>“%3”为“%4”时，“%1”不能选“%2”。请另选，或先修改“%3”。</translation>
    </message>
    <message>
        <source>“%1” cannot be pressed in this record: its condition is not met.</source>
        <translation>此记录不满足条件，不能按“%1”。</translation>
    </message>
    <message>
        <source>The formula %1 comes to %2 in this record.</source>
        <translation>公式 %1 在此记录中的结果是 %2。</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>one picture</source>
        <translation>一张图片</translation>
    </message>
    <message>
        <source>an EAN of 13 digits</source>
        <translation>13 位 EAN 条码</translation>
    </message>
    <message>
        <source>at most 80 letters, digits and signs without accents</source>
        <translation>最多 80 个不带重音的字母、数字和符号</translation>
    </message>
    <message>
        <source>a latitude from -90 to 90 and a longitude from -180 to 180</source>
        <translation>纬度 -90 到 90，经度 -180 到 180</translation>
    </message>
    <message>
        <source>“%1” does not lead to “%2” here. Choose one of the records that the field offers.</source>
        <translation>这里的“%1”不能关联到“%2”。请选择该字段提供的记录。</translation>
    </message>
    <message>
        <source>“.{Field}” is missing behind the name of the table</source>
        <translation>表名之后缺少“.{字段}”</translation>
    </message>
    <message>
        <source>a table and its field have to follow the key, as in {Table}.{Field}</source>
        <translation>查找值之后须写表及其字段，例如 {表}.{字段}</translation>
    </message>
    <message>
        <source>a key cannot be looked up from a linked record; make a field of it there</source>
        <translation>不能在关联记录中按值查找；请在那张表中将其设为字段</translation>
    </message>
    <message>
        <source>“%1” stands in records of “%2”. Put others in its place first, or close it.</source>
        <translation>“%1”仍用于“%2”的记录中。请先改为其他部门，或将其停用。</translation>
    </message>
    <message>
        <source>Sensitive texts can be neither read nor written now: the keys of the server are not known here. Connect to the server; if that does not help, its administrator has to put keys.json back.</source>
        <translation>现在既不能读取也不能写入敏感文本：这里没有服务器的密钥。请连接服务器；如果仍然不行，需要管理员把 keys.json 放回原处。</translation>
    </message>
    <message>
        <source>What was sealed as “%1” belongs to another cell or another server. Type the text again.</source>
        <translation>“%1”所代表的内容属于其他单元格或其他服务器。请重新输入全文。</translation>
    </message>
    <message>
        <source>reading sensitive texts</source>
        <translation>读取敏感文本</translation>
    </message>
    <message>
        <source>it is below zero</source>
        <translation>不能小于零</translation>
    </message>
    <message>
        <source>ME(), IS_DUPLICATE() and BREAKS_RULES() are for filters</source>
        <translation>ME()、IS_DUPLICATE() 和 BREAKS_RULES() 只用于筛选</translation>
    </message>
    <message>
        <source>“%1” cannot be written: %2. Choose another place.</source>
        <translation>无法写入“%1”：%2。请选择其他位置。</translation>
    </message>
</context>
<context>
    <name>FilterWords</name>
    <message>
        <source>is</source>
        <translation>是</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>不是</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>不包含</translation>
    </message>
    <message>
        <source>starts with</source>
        <translation>开头是</translation>
    </message>
    <message>
        <source>ends with</source>
        <translation>结尾是</translation>
    </message>
    <message>
        <source>matches the pattern</source>
        <translation>符合正则表达式</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>is not empty</source>
        <translation>不为空</translation>
    </message>
    <message>
        <source>is any of</source>
        <translation>是其中之一</translation>
    </message>
    <message>
        <source>is none of</source>
        <translation>不是其中任何一个</translation>
    </message>
    <message>
        <source>has any of</source>
        <translation>含有其中之一</translation>
    </message>
    <message>
        <source>has all of</source>
        <translation>含有全部</translation>
    </message>
    <message>
        <source>has none of</source>
        <translation>不含其中任何一个</translation>
    </message>
    <message>
        <source>is exactly</source>
        <translation>正好是</translation>
    </message>
    <message>
        <source>is before</source>
        <translation>早于</translation>
    </message>
    <message>
        <source>is after</source>
        <translation>晚于</translation>
    </message>
    <message>
        <source>is on or before</source>
        <translation>不晚于</translation>
    </message>
    <message>
        <source>is on or after</source>
        <translation>不早于</translation>
    </message>
    <message>
        <source>is within</source>
        <translation>在</translation>
    </message>
    <message>
        <source>has the month and day of</source>
        <translation>月日同于</translation>
    </message>
    <message>
        <source>occurs more than once</source>
        <translation>有重复</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s)</source>
        <translation>
            <numerusform>%n 周</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n 个月</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n quarter(s)</source>
        <translation>
            <numerusform>%n 个季度</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s)</source>
        <translation>
            <numerusform>%n 年</numerusform>
        </translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>this quarter</source>
        <translation>本季度</translation>
    </message>
    <message>
        <source>this year</source>
        <translation>今年</translation>
    </message>
    <message>
        <source>last week</source>
        <translation>上周</translation>
    </message>
    <message>
        <source>last month</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>last quarter</source>
        <translation>上季度</translation>
    </message>
    <message>
        <source>last year</source>
        <translation>去年</translation>
    </message>
    <message>
        <source>the past %1</source>
        <translation>过去 %1</translation>
    </message>
    <message>
        <source>next week</source>
        <translation>下周</translation>
    </message>
    <message>
        <source>next month</source>
        <translation>下月</translation>
    </message>
    <message>
        <source>next quarter</source>
        <translation>下季度</translation>
    </message>
    <message>
        <source>next year</source>
        <translation>明年</translation>
    </message>
    <message>
        <source>the next %1</source>
        <translation>未来 %1</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>%1 from now</source>
        <translation>%1后</translation>
    </message>
    <message>
        <source> and </source>
        <translation> 且 </translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>a deleted field</source>
        <translation>已删除的字段</translation>
    </message>
    <message>
        <source>me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>breaks its rules</source>
        <translation>不合规则</translation>
    </message>
</context>
<context>
    <name>Function</name>
    <message>
        <source>This moment. What is computed from it follows the clock.</source>
        <translation>当前时刻。由它计算的结果随时间更新。</translation>
    </message>
    <message>
        <source>Today, from midnight to midnight.</source>
        <translation>今天。</translation>
    </message>
    <message>
        <source>The year.</source>
        <translation>年份。</translation>
    </message>
    <message>
        <source>The quarter of the year, 1 to 4.</source>
        <translation>季度，1 到 4。</translation>
    </message>
    <message>
        <source>The month, 1 to 12.</source>
        <translation>月份，1 到 12。</translation>
    </message>
    <message>
        <source>The day of the month.</source>
        <translation>日。</translation>
    </message>
    <message>
        <source>The hour, 0 to 23.</source>
        <translation>小时，0 到 23。</translation>
    </message>
    <message>
        <source>The minute, 0 to 59.</source>
        <translation>分钟，0 到 59。</translation>
    </message>
    <message>
        <source>The second, 0 to 59.</source>
        <translation>秒，0 到 59。</translation>
    </message>
    <message>
        <source>The day of the week from 1; weeks begin on Monday unless another day is named.</source>
        <translation>星期几，从 1 开始；默认周一为一周的第一天。</translation>
    </message>
    <message>
        <source>The week of the year: the ISO week, or counted from the day that is named.</source>
        <translation>一年中的第几周：ISO 周，或从指定的星期几开始计算。</translation>
    </message>
    <message>
        <source>The ISO week of the year.</source>
        <translation>ISO 周数。</translation>
    </message>
    <message>
        <source>A date of its parts.</source>
        <translation>由年、月、日组成日期。</translation>
    </message>
    <message>
        <source>The date so many units later. Units: seconds, minutes, hours, days, weeks, months, quarters, years.</source>
        <translation>若干单位之后的日期。单位：seconds、minutes、hours、days、weeks、months、quarters、years。</translation>
    </message>
    <message>
        <source>The first date less the second, in whole units; in seconds if none is named.</source>
        <translation>第一个日期减第二个日期，取整单位；不指定时为秒。</translation>
    </message>
    <message>
        <source>From the first date to the second, in S, H, D, M or Y; MD, YM and YD give the rest.</source>
        <translation>从第一个日期到第二个日期，单位 S、H、D、M、Y；MD、YM、YD 取余下部分。</translation>
    </message>
    <message>
        <source>Days from one date to another.</source>
        <translation>两个日期相差的天数。</translation>
    </message>
    <message>
        <source>Hours from one moment to another, with two decimals.</source>
        <translation>两个时刻相差的小时数，保留两位小数。</translation>
    </message>
    <message>
        <source>Whole months from one date to another.</source>
        <translation>两个日期相差的整月数。</translation>
    </message>
    <message>
        <source>The last day of the month so many months later.</source>
        <translation>若干月之后那个月的最后一天。</translation>
    </message>
    <message>
        <source>True if both lie in the same day, month or other unit.</source>
        <translation>两者在同一天、同一月或其他同一单位内时为真。</translation>
    </message>
    <message>
        <source>True if the first date is before the second.</source>
        <translation>第一个日期早于第二个时为真。</translation>
    </message>
    <message>
        <source>True if the first date is after the second.</source>
        <translation>第一个日期晚于第二个时为真。</translation>
    </message>
    <message>
        <source>The day as 2026-11-22.</source>
        <translation>日期，如 2026-11-22。</translation>
    </message>
    <message>
        <source>The month as 2026-11.</source>
        <translation>月份，如 2026-11。</translation>
    </message>
    <message>
        <source>The time as 06:30:00.</source>
        <translation>时间，如 06:30:00。</translation>
    </message>
    <message>
        <source>The date that a text says, in a format if it is named.</source>
        <translation>将文本解析为日期，可指定格式。</translation>
    </message>
    <message>
        <source>How far the date is from now.</source>
        <translation>日期与现在的距离。</translation>
    </message>
    <message>
        <source>True if the day and month of the date come within so many days from today.</source>
        <translation>该日期的月和日在今后若干天之内时为真。</translation>
    </message>
    <message>
        <source>When the record was made.</source>
        <translation>记录的创建时间。</translation>
    </message>
    <message>
        <source>When the record was changed last.</source>
        <translation>记录的最后修改时间。</translation>
    </message>
    <message>
        <source>The sum of all numbers.</source>
        <translation>所有数字之和。</translation>
    </message>
    <message>
        <source>The mean of all numbers; what is no number does not count.</source>
        <translation>所有数字的平均值；非数字不计入。</translation>
    </message>
    <message>
        <source>The least number, or the first date.</source>
        <translation>最小的数字，或最早的日期。</translation>
    </message>
    <message>
        <source>The greatest number, or the last date.</source>
        <translation>最大的数字，或最晚的日期。</translation>
    </message>
    <message>
        <source>How many of the values are numbers.</source>
        <translation>数字的个数。</translation>
    </message>
    <message>
        <source>How many of the values are not blank.</source>
        <translation>非空值的个数。</translation>
    </message>
    <message>
        <source>How many values there are, blank ones included.</source>
        <translation>全部值的个数，包括空值。</translation>
    </message>
    <message>
        <source>How many of the values are blank.</source>
        <translation>空值的个数。</translation>
    </message>
    <message>
        <source>How many items are chosen.</source>
        <translation>已选项的个数。</translation>
    </message>
    <message>
        <source>How many items meet a condition such as &quot;&gt;3&quot;.</source>
        <translation>满足条件（如 &quot;&gt;3&quot;）的项数。</translation>
    </message>
    <message>
        <source>The number of that rank, from the greatest down.</source>
        <translation>第几大的数字。</translation>
    </message>
    <message>
        <source>The number of that rank, from the least up.</source>
        <translation>第几小的数字。</translation>
    </message>
    <message>
        <source>The items of a list as a text, with something between them.</source>
        <translation>将列表各项连接为文本，中间加入分隔符。</translation>
    </message>
    <message>
        <source>The items, each once.</source>
        <translation>去掉重复项。</translation>
    </message>
    <message>
        <source>The items of all lists as one list.</source>
        <translation>将多个列表合并为一个。</translation>
    </message>
    <message>
        <source>The items that are not blank.</source>
        <translation>去掉空项。</translation>
    </message>
    <message>
        <source>The items from one place to another, counted from 1.</source>
        <translation>列表中从某位置到某位置的项，从 1 开始计数。</translation>
    </message>
    <message>
        <source>The id of the record.</source>
        <translation>记录的 ID。</translation>
    </message>
    <message>
        <source>The number that the table gave the record.</source>
        <translation>表格为记录编的号。</translation>
    </message>
    <message>
        <source>The value if the condition is true, otherwise the other one.</source>
        <translation>条件成立时取前一个值，否则取另一个。</translation>
    </message>
    <message>
        <source>The value behind the first condition that is true.</source>
        <translation>第一个成立的条件之后的值。</translation>
    </message>
    <message>
        <source>The result behind the case that equals the value.</source>
        <translation>与该值相等的分支之后的结果。</translation>
    </message>
    <message>
        <source>True if all conditions are true.</source>
        <translation>所有条件都成立时为真。</translation>
    </message>
    <message>
        <source>True if one condition is true.</source>
        <translation>任一条件成立时为真。</translation>
    </message>
    <message>
        <source>True if an odd number of conditions is true.</source>
        <translation>成立的条件为奇数个时为真。</translation>
    </message>
    <message>
        <source>True if the condition is false.</source>
        <translation>条件不成立时为真。</translation>
    </message>
    <message>
        <source>True.</source>
        <translation>真。</translation>
    </message>
    <message>
        <source>False.</source>
        <translation>假。</translation>
    </message>
    <message>
        <source>No value: the cell stays empty.</source>
        <translation>空值：单元格保持为空。</translation>
    </message>
    <message>
        <source>True if there is no value.</source>
        <translation>没有值时为真。</translation>
    </message>
    <message>
        <source>True if there is a value.</source>
        <translation>有值时为真。</translation>
    </message>
    <message>
        <source>The first value that is not blank.</source>
        <translation>第一个非空的值。</translation>
    </message>
    <message>
        <source>An error, shown in the cell.</source>
        <translation>在单元格中显示错误。</translation>
    </message>
    <message>
        <source>True if the value is an error.</source>
        <translation>值为错误时为真。</translation>
    </message>
    <message>
        <source>The value, or the other one if it is an error.</source>
        <translation>取该值；若为错误则取另一个。</translation>
    </message>
    <message>
        <source>Names values, so that the result can use each of them several times.</source>
        <translation>为值命名，以便在结果中多次使用。</translation>
    </message>
    <message>
        <source>The number without its sign.</source>
        <translation>数字的绝对值。</translation>
    </message>
    <message>
        <source>1, 0 or -1, as the number is above, at or below zero.</source>
        <translation>大于零得 1，等于零得 0，小于零得 -1。</translation>
    </message>
    <message>
        <source>The greatest whole number that is not above the number.</source>
        <translation>不大于该数的最大整数。</translation>
    </message>
    <message>
        <source>Rounds down to a multiple of the step.</source>
        <translation>向下取整到步长的倍数。</translation>
    </message>
    <message>
        <source>Rounds up to a multiple of the step.</source>
        <translation>向上取整到步长的倍数。</translation>
    </message>
    <message>
        <source>Rounds away from zero to an even number.</source>
        <translation>向远离零的方向取偶数。</translation>
    </message>
    <message>
        <source>Rounds away from zero to an odd number.</source>
        <translation>向远离零的方向取奇数。</translation>
    </message>
    <message>
        <source>Rounds to so many places, half away from zero.</source>
        <translation>四舍五入到指定小数位。</translation>
    </message>
    <message>
        <source>Rounds away from zero to so many places.</source>
        <translation>向远离零的方向舍入到指定小数位。</translation>
    </message>
    <message>
        <source>Rounds toward zero to so many places.</source>
        <translation>向零的方向舍入到指定小数位。</translation>
    </message>
    <message>
        <source>The square root.</source>
        <translation>平方根。</translation>
    </message>
    <message>
        <source>The base to the power of the exponent.</source>
        <translation>底数的指数次幂。</translation>
    </message>
    <message>
        <source>e to the power of the number.</source>
        <translation>e 的该数次幂。</translation>
    </message>
    <message>
        <source>The natural logarithm.</source>
        <translation>自然对数。</translation>
    </message>
    <message>
        <source>The logarithm to the base, which is 10 if left out.</source>
        <translation>以指定数为底的对数，省略时底为 10。</translation>
    </message>
    <message>
        <source>The logarithm to base 10.</source>
        <translation>以 10 为底的对数。</translation>
    </message>
    <message>
        <source>The ratio of a circle&apos;s circumference to its diameter.</source>
        <translation>圆周率。</translation>
    </message>
    <message>
        <source>The rest of a division, with the sign of the divisor.</source>
        <translation>除法的余数，符号与除数相同。</translation>
    </message>
    <message>
        <source>The number that stands in a text.</source>
        <translation>文本中的数字。</translation>
    </message>
    <message>
        <source>True if the pattern is found in the text.</source>
        <translation>文本匹配该正则表达式时为真。</translation>
    </message>
    <message>
        <source>The first part of the text that the pattern finds, or its first group.</source>
        <translation>正则表达式找到的第一段文本，或其第一个分组。</translation>
    </message>
    <message>
        <source>The text with all that the pattern finds replaced; $1 is its first group.</source>
        <translation>替换正则表达式找到的全部内容；$1 为第一个分组。</translation>
    </message>
    <message>
        <source>The texts, one after the other.</source>
        <translation>将文本依次连接。</translation>
    </message>
    <message>
        <source>The texts that are not empty, with something between them.</source>
        <translation>连接非空文本，中间加入分隔符。</translation>
    </message>
    <message>
        <source>How many characters the text has.</source>
        <translation>文本的字符数。</translation>
    </message>
    <message>
        <source>So many characters from the start.</source>
        <translation>从开头取指定数量的字符。</translation>
    </message>
    <message>
        <source>So many characters from the end.</source>
        <translation>从末尾取指定数量的字符。</translation>
    </message>
    <message>
        <source>So many characters from a position, which counts from 1.</source>
        <translation>从某个位置（从 1 开始）取指定数量的字符。</translation>
    </message>
    <message>
        <source>The text in small letters.</source>
        <translation>转换为小写。</translation>
    </message>
    <message>
        <source>The text in capital letters.</source>
        <translation>转换为大写。</translation>
    </message>
    <message>
        <source>The text without space around it.</source>
        <translation>去掉首尾空白。</translation>
    </message>
    <message>
        <source>The text from its end to its start.</source>
        <translation>将文本倒序。</translation>
    </message>
    <message>
        <source>The value if it is a text, otherwise blank.</source>
        <translation>若为文本则取该值，否则为空。</translation>
    </message>
    <message>
        <source>True if both texts are the same, capitals included.</source>
        <translation>两段文本完全相同（区分大小写）时为真。</translation>
    </message>
    <message>
        <source>Where the wanted text begins, from 1; 0 if it is not there.</source>
        <translation>所找文本的起始位置，从 1 开始；找不到为 0。</translation>
    </message>
    <message>
        <source>Like FIND, but small and capital letters are the same.</source>
        <translation>同 FIND，但不区分大小写。</translation>
    </message>
    <message>
        <source>The text with the old part replaced: all of them, or one by its number.</source>
        <translation>替换文本中的旧内容：全部，或指定的第几个。</translation>
    </message>
    <message>
        <source>The text with so many characters from a position replaced.</source>
        <translation>替换从某个位置起的若干字符。</translation>
    </message>
    <message>
        <source>The text so many times.</source>
        <translation>将文本重复若干次。</translation>
    </message>
    <message>
        <source>The text filled up to a length at its start.</source>
        <translation>在开头补足到指定长度。</translation>
    </message>
    <message>
        <source>The text filled up to a length at its end.</source>
        <translation>在末尾补足到指定长度。</translation>
    </message>
    <message>
        <source>The text with all but its first and last characters hidden.</source>
        <translation>只保留首尾若干字符，其余隐藏。</translation>
    </message>
    <message>
        <source>A number or a date written as the format shows it.</source>
        <translation>按格式书写数字或日期。</translation>
    </message>
    <message>
        <source>The text as a part of an address in the web.</source>
        <translation>将文本转换为网址中可用的形式。</translation>
    </message>
    <message>
        <source>The date so many days of work later.</source>
        <translation>若干工作日之后的日期。</translation>
    </message>
    <message>
        <source>Days of work from one date to another, both counted.</source>
        <translation>两个日期之间的工作日数，首尾都计入。</translation>
    </message>
    <message>
        <source>Hours of work between two moments; from nine to six, Monday to Friday, unless said otherwise.</source>
        <translation>两个时刻之间的工作小时数；默认周一至周五 9 点到 18 点。</translation>
    </message>
    <message>
        <source>When so many hours of work are done, from a moment on.</source>
        <translation>从某时刻起，完成若干工作小时的时刻。</translation>
    </message>
    <message>
        <source>A value of each linked record, of those that meet the condition, in order. {Link}.{Field} is the same as LOOKUP({Link},{Field}).</source>
        <translation>每条关联记录的一个值；可只取符合条件的记录，并排序。{关联}.{字段} 等同于 LOOKUP({关联},{字段})。</translation>
    </message>
    <message>
        <source>How many records are linked, or how many of them meet the condition.</source>
        <translation>关联记录的数量，或其中符合条件的数量。</translation>
    </message>
    <message>
        <source>The sum, average, count, max or min of a value of the linked records, or concatenate to put them together.</source>
        <translation>关联记录某个值的 sum（总和）、average（平均）、count（计数）、max（最大）或 min（最小），或用 concatenate 连成文本。</translation>
    </message>
    <message>
        <source>A value of the linked record in which another value is greatest.</source>
        <translation>在关联记录中，另一个值最大的那条记录的值。</translation>
    </message>
    <message>
        <source>A value of the linked record in which another value is least.</source>
        <translation>在关联记录中，另一个值最小的那条记录的值。</translation>
    </message>
    <message>
        <source>How many items of a checklist are ticked.</source>
        <translation>清单中已勾选的事项数。</translation>
    </message>
    <message>
        <source>How many items of a checklist are still to be ticked.</source>
        <translation>清单中尚未勾选的事项数。</translation>
    </message>
    <message>
        <source>True if another record has the same value. For filters.</source>
        <translation>如果另一条记录有相同的值则为真。用于筛选。</translation>
    </message>
    <message>
        <source>True if the date lies in the period: &quot;today&quot;, &quot;this week&quot;, &quot;past 7 days&quot;, &quot;next 2 months&quot;, &quot;3 days ago&quot;, or from one date to another one.</source>
        <translation>日期在这段时间内则为真：&quot;today&quot;、&quot;this week&quot;、&quot;past 7 days&quot;、&quot;next 2 months&quot;、&quot;3 days ago&quot;，或从一个日期到另一个日期。</translation>
    </message>
    <message>
        <source>True if the day is before a date or a period.</source>
        <translation>早于某个日期或时间段则为真。</translation>
    </message>
    <message>
        <source>True if the day is after a date or a period.</source>
        <translation>晚于某个日期或时间段则为真。</translation>
    </message>
    <message>
        <source>True if the day is not after a date or a period.</source>
        <translation>不晚于某个日期或时间段则为真。</translation>
    </message>
    <message>
        <source>True if the day is not before a date or a period.</source>
        <translation>不早于某个日期或时间段则为真。</translation>
    </message>
    <message>
        <source>True if month and day are the same, as on birthdays.</source>
        <translation>月和日相同则为真，例如生日。</translation>
    </message>
    <message>
        <source>True if one of the items is in the list.</source>
        <translation>列表中有其中一项则为真。</translation>
    </message>
    <message>
        <source>True if all of the items are in the list.</source>
        <translation>列表中有全部这些项则为真。</translation>
    </message>
    <message>
        <source>True if none of the items is in the list.</source>
        <translation>列表中没有其中任何一项则为真。</translation>
    </message>
    <message>
        <source>True if the list holds these items and no others.</source>
        <translation>列表正好是这些项则为真。</translation>
    </message>
    <message>
        <source>True if the text has that part, in any case.</source>
        <translation>文本包含这一部分则为真，不分大小写。</translation>
    </message>
    <message>
        <source>True if the text starts like that, in any case.</source>
        <translation>文本以此开头则为真，不分大小写。</translation>
    </message>
    <message>
        <source>True if the text ends like that, in any case.</source>
        <translation>文本以此结尾则为真，不分大小写。</translation>
    </message>
    <message>
        <source>True if the texts are the same in any case.</source>
        <translation>两段文本相同则为真，不分大小写。</translation>
    </message>
    <message>
        <source>A value of the record of any table in which a field says the key, in whatever case; of the first that was made if there are several. LOOKUP does the same with a key in front.</source>
        <translation>在任意表中，查找某字段等于查找值的记录（不分大小写），返回其中的值；若有多条，取最早创建的一条。LOOKUP 以查找值开头时作用相同。</translation>
    </message>
    <message>
        <source>True if the value does not meet the rules of its field. For filters.</source>
        <translation>值不合字段规则时为真。用于筛选。</translation>
    </message>
    <message>
        <source>The name of who looks, or makes the record. For filters, buttons, defaults.</source>
        <translation>查看者的姓名；在默认值中为新建记录的人。用于筛选、按钮和默认值。</translation>
    </message>
</context>
<context>
    <name>PendingText</name>
    <message>
        <source>an approval</source>
        <translation>一次同意</translation>
    </message>
    <message>
        <source>a rejection</source>
        <translation>一次驳回</translation>
    </message>
    <message>
        <source>a workflow</source>
        <translation>一个流程</translation>
    </message>
    <message numerus="yes">
        <source>%n new record(s)</source>
        <translation>
            <numerusform>%n 条新记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) deleted</source>
        <translation>
            <numerusform>已删除 %n 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) brought back</source>
        <translation>
            <numerusform>恢复 %n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>a change of the table&apos;s shape</source>
        <translation>表结构的改动</translation>
    </message>
    <message numerus="yes">
        <source>%n more cell(s)</source>
        <translation>
            <numerusform>另有 %n 个单元格</numerusform>
        </translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>库</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Why it could not be applied</source>
        <translation>未能应用的原因</translation>
    </message>
    <message>
        <source>new %1</source>
        <translation>新记录 %1</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>%1: %2 becomes “%3”</source>
        <translation>%1：%2 改为“%3”</translation>
    </message>
    <message>
        <source>a cell becomes “%1”</source>
        <translation>一个单元格改为“%1”</translation>
    </message>
</context>
<context>
    <name>PressQuestion</name>
    <message>
        <source>Do “%1” for this record?</source>
        <translation>对此记录执行“%1”？</translation>
    </message>
</context>
<context>
    <name>casebase::BrokenRulesDialog</name>
    <message>
        <source>Values against the rules of “%1”</source>
        <translation>“%1”中不合规则的值</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>All values meet the rules.</source>
        <translation>所有值都合规则。</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s); the first %1 are listed.</source>
        <translation>
            <numerusform>共 %n 个值，仅列出前 %1 个。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s). Double-click one to open its record.</source>
        <translation>
            <numerusform>共 %n 个值。双击可打开记录。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n value(s).</source>
        <translation>
            <numerusform>共 %n 个值。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::ButtonRows</name>
    <message>
        <source>Ask before it is done</source>
        <translation>执行前先询问</translation>
    </message>
    <message>
        <source>the name of the field</source>
        <translation>字段名称</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>按钮文字</translation>
    </message>
    <message>
        <source>When pressed</source>
        <translation>按下后</translation>
    </message>
    <message>
        <source>Open a link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Write into fields</source>
        <translation>填写字段</translation>
    </message>
    <message>
        <source>Start a workflow</source>
        <translation>发起流程</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Link, as a formula</source>
        <translation>链接（公式）</translation>
    </message>
    <message>
        <source>in every record; or for example {State}=&quot;new&quot;</source>
        <translation>所有记录；或例如 {状态}=&quot;新建&quot;</translation>
    </message>
    <message>
        <source>Offered</source>
        <translation>可用条件</translation>
    </message>
    <message>
        <source>Another field</source>
        <translation>再加一个字段</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>填写</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value, as a formula</source>
        <translation>值（公式）</translation>
    </message>
    <message>
        <source>a formula, for example &quot;done&quot; or NOW()</source>
        <translation>公式，例如 &quot;完成&quot; 或 NOW()</translation>
    </message>
</context>
<context>
    <name>casebase::CellFiles</name>
    <message>
        <source>Edit record</source>
        <translation>编辑记录</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Sign again…</source>
        <translation>重新签名…</translation>
    </message>
    <message>
        <source>Add a picture…</source>
        <translation>添加图片…</translation>
    </message>
    <message>
        <source>Attach a file…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>No files</source>
        <translation>没有文件</translation>
    </message>
    <message>
        <source>Add a picture</source>
        <translation>添加图片</translation>
    </message>
    <message>
        <source>Attach a file</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.gif *.webp *.bmp)</source>
        <translation>图片（*.png *.jpg *.jpeg *.gif *.webp *.bmp）</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
</context>
<context>
    <name>casebase::ChecklistEditor</name>
    <message>
        <source>Add an item, or Enter to finish</source>
        <translation>添加事项，回车结束</translation>
    </message>
    <message>
        <source>New item of “%1”</source>
        <translation>“%1”的新事项</translation>
    </message>
</context>
<context>
    <name>casebase::ChoiceEditor</name>
    <message>
        <source>Why “%1”?</source>
        <translation>为什么“%1”？</translation>
    </message>
    <message>
        <source>Find or make an option</source>
        <translation>查找或新建选项</translation>
    </message>
</context>
<context>
    <name>casebase::ColourDialog</name>
    <message>
        <source>Add rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>着色</translation>
    </message>
    <message>
        <source>Colour records by conditions. Of several rules for the same part, the first that holds counts.</source>
        <translation>按条件为记录着色。同一部位有多条规则时，以第一条成立的为准。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>What is coloured</source>
        <translation>着色部位</translation>
    </message>
    <message>
        <source>Whole row</source>
        <translation>整行</translation>
    </message>
    <message>
        <source>Left edge</source>
        <translation>左侧色条</translation>
    </message>
    <message>
        <source>where</source>
        <translation>当</translation>
    </message>
    <message>
        <source>Counts earlier</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>Counts later</source>
        <translation>推后</translation>
    </message>
    <message>
        <source>Remove the rule</source>
        <translation>删除规则</translation>
    </message>
    <message>
        <source>Choose a condition…</source>
        <translation>选择条件…</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Colour records for which</source>
        <translation>为符合以下条件的记录着色</translation>
    </message>
</context>
<context>
    <name>casebase::ColourMenu</name>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>橄榄</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Sky blue</source>
        <translation>天蓝</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>品红</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰</translation>
    </message>
    <message>
        <source>%1, strong</source>
        <translation>%1（深）</translation>
    </message>
</context>
<context>
    <name>casebase::DateRows</name>
    <message>
        <source>Show the time zone, too</source>
        <translation>同时显示时区</translation>
    </message>
    <message>
        <source>%1 (as the computer has it)</source>
        <translation>%1（按电脑设置）</translation>
    </message>
    <message>
        <source>Written as</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>时区</translation>
    </message>
    <message>
        <source>that of whoever looks</source>
        <translation>查看者所在时区</translation>
    </message>
</context>
<context>
    <name>casebase::DepartmentsDialog</name>
    <message>
        <source>Closed: not offered any more</source>
        <translation>已停用：不再供选择</translation>
    </message>
    <message>
        <source>Add a part of it</source>
        <translation>添加下级部门</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>All fields of departments in this base offer these.</source>
        <translation>本库所有部门字段均可选择以下部门。</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Add department</source>
        <translation>添加部门</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Department %1</source>
        <translation>部门 %1</translation>
    </message>
</context>
<context>
    <name>casebase::FieldDialog</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Long text</source>
        <translation>长文本</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>Checkbox</source>
        <translation>勾选</translation>
    </message>
    <message>
        <source>Single select</source>
        <translation>单选</translation>
    </message>
    <message>
        <source>Multiple select</source>
        <translation>多选</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Date and time</source>
        <translation>日期时间</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>人员</translation>
    </message>
    <message>
        <source>Created at</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Changed at</source>
        <translation>修改时间</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>创建者</translation>
    </message>
    <message>
        <source>Changed by</source>
        <translation>修改者</translation>
    </message>
    <message>
        <source>Auto number</source>
        <translation>自动编号</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>新建字段</translation>
    </message>
    <message>
        <source>Field “%1”</source>
        <translation>字段 “%1”</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Shown as help; may stay empty</source>
        <translation>作为帮助显示，可以不填</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Prefix</source>
        <translation>前缀</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>All %n value(s) convert</source>
        <translation>
            <numerusform>全部 %n 个值都能转换</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 values convert, %2 do not fit and become empty. Undo brings them back.</source>
        <translation>%1 个值可以转换，%2 个不合适，将变空。撤销可找回。</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>Percent</source>
        <translation>百分比</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Rating</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>whoever makes the record</source>
        <translation>创建记录的人</translation>
    </message>
    <message>
        <source>when the record is made</source>
        <translation>创建记录的时间</translation>
    </message>
    <message>
        <source>Default: %1</source>
        <translation>默认值：%1</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>显示为</translation>
    </message>
    <message numerus="yes">
        <source>The formula takes the place of %n value(s) that people typed. Undo brings them back.</source>
        <translation>
            <numerusform>公式将取代已录入的 %n 个值，可撤销恢复。</numerusform>
        </translation>
    </message>
    <message>
        <source>Linked records</source>
        <translation>关联记录</translation>
    </message>
    <message numerus="yes">
        <source>Make %n record(s) for names that are not found</source>
        <translation>
            <numerusform>为找不到的名称新建 %n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Formatted text</source>
        <translation>富文本</translation>
    </message>
    <message>
        <source>Several people</source>
        <translation>多个成员</translation>
    </message>
    <message>
        <source>Begin anew each day: 20261127-0001</source>
        <translation>每天重新编号：20261127-0001</translation>
    </message>
    <message>
        <source>Digits</source>
        <translation>位数</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) become empty, as their option goes. Undo brings them back.</source>
        <translation>
            <numerusform>删除选项后有 %n 个值变为空。可撤销恢复。</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing; = begins a formula</source>
        <translation>无；以 = 开头为公式</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Checklist</source>
        <translation>清单</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Button</source>
        <translation>按钮</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>二维码</translation>
    </message>
    <message>
        <source>Code 128</source>
        <translation>Code 128</translation>
    </message>
    <message>
        <source>EAN-13</source>
        <translation>EAN-13</translation>
    </message>
    <message>
        <source>Drawn as</source>
        <translation>条码样式</translation>
    </message>
    <message numerus="yes">
        <source>Changing %n record(s)…</source>
        <translation>
            <numerusform>正在更改 %n 条记录…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looking through %n record(s)…</source>
        <translation>
            <numerusform>正在查看 %n 条记录…</numerusform>
        </translation>
    </message>
    <message>
        <source>Tell whoever is put there</source>
        <translation>通知被指定的人</translation>
    </message>
    <message>
        <source>Departments of this base…</source>
        <translation>本库的部门…</translation>
    </message>
    <message>
        <source>Department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>any text</source>
        <translation>任意文本</translation>
    </message>
    <message>
        <source>a telephone number</source>
        <translation>电话号码</translation>
    </message>
    <message>
        <source>an e-mail address</source>
        <translation>电子邮箱地址</translation>
    </message>
    <message>
        <source>Holds</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>What does not fit becomes empty. Undo brings it back.</source>
        <translation>不符合的内容会变为空，撤销可恢复。</translation>
    </message>
    <message>
        <source>The texts become readable for everybody who sees the table. What does not fit becomes empty. Undo seals them again.</source>
        <translation>所有能看到此表的人都将能读到全文。不符合的内容会变为空。撤销会重新加密。</translation>
    </message>
    <message>
        <source>From then on only masks of them are shown, also in the history.</source>
        <translation>之后只显示掩码，历史记录中也一样。</translation>
    </message>
    <message>
        <source>Sensitive text</source>
        <translation>敏感文本</translation>
    </message>
</context>
<context>
    <name>casebase::FieldEditor</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find or make a record</source>
        <translation>查找或新建记录</translation>
    </message>
    <message>
        <source>Make “%1”</source>
        <translation>新建“%1”</translation>
    </message>
    <message>
        <source>Make “%1”…</source>
        <translation>新建“%1”…</translation>
    </message>
</context>
<context>
    <name>casebase::FieldRow</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>The eye, or Ctrl+Enter, shows all of it.</source>
        <translation>点击眼睛图标或按 Ctrl+Enter 查看全文。</translation>
    </message>
</context>
<context>
    <name>casebase::FilesArchive</name>
    <message numerus="yes">
        <source>Fetching %n file(s)…</source>
        <translation>
            <numerusform>正在获取 %n 个文件…</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>casebase::FilterDialog</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Show records for which</source>
        <translation>显示的记录须满足</translation>
    </message>
    <message>
        <source>all conditions hold</source>
        <translation>全部条件</translation>
    </message>
    <message>
        <source>any condition holds</source>
        <translation>任一条件</translation>
    </message>
    <message>
        <source>Add condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Remove all</source>
        <translation>全部移除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>As conditions</source>
        <translation>按条件编辑</translation>
    </message>
    <message>
        <source>As formula</source>
        <translation>按公式编辑</translation>
    </message>
</context>
<context>
    <name>casebase::FilterLine</name>
    <message>
        <source>Remove condition</source>
        <translation>删除条件</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>值</translation>
    </message>
    <message>
        <source>nothing chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>When</source>
        <translation>何时</translation>
    </message>
    <message>
        <source>the date</source>
        <translation>指定日期</translation>
    </message>
</context>
<context>
    <name>casebase::FormatRows</name>
    <message>
        <source>Set thousands apart</source>
        <translation>显示千位分隔</translation>
    </message>
    <message>
        <source>for example kg; may stay empty</source>
        <translation>例如 kg，可以留空</translation>
    </message>
    <message>
        <source>as many as needed</source>
        <translation>按需要</translation>
    </message>
    <message>
        <source>%1 (as the computer has it)</source>
        <translation>%1（按电脑设置）</translation>
    </message>
    <message>
        <source>digits</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>digits and a bar</source>
        <translation>数字和进度条</translation>
    </message>
    <message>
        <source>digits and a ring</source>
        <translation>数字和圆环</translation>
    </message>
    <message>
        <source>Hours and minutes: 1:30</source>
        <translation>小时和分钟：1:30</translation>
    </message>
    <message>
        <source>With seconds: 1:30:05</source>
        <translation>到秒：1:30:05</translation>
    </message>
    <message>
        <source>With tenths: 1:30:05.2</source>
        <translation>到十分之一秒：1:30:05.2</translation>
    </message>
    <message>
        <source>With hundredths: 1:30:05.25</source>
        <translation>到百分之一秒：1:30:05.25</translation>
    </message>
    <message>
        <source>With thousandths: 1:30:05.250</source>
        <translation>到毫秒：1:30:05.250</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星</translation>
    </message>
    <message>
        <source>Heart</source>
        <translation>心</translation>
    </message>
    <message>
        <source>Thumb</source>
        <translation>赞</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>旗</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>点</translation>
    </message>
    <message>
        <source>the whole address</source>
        <translation>完整地址</translation>
    </message>
    <message>
        <source>the province</source>
        <translation>省</translation>
    </message>
    <message>
        <source>province and city</source>
        <translation>省、市</translation>
    </message>
    <message>
        <source>province, city and district</source>
        <translation>省、市、区县</translation>
    </message>
    <message>
        <source>the coordinates</source>
        <translation>坐标</translation>
    </message>
    <message>
        <source>Currency sign</source>
        <translation>货币符号</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Decimals</source>
        <translation>小数位</translation>
    </message>
    <message>
        <source>Written as</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Shown as</source>
        <translation>显示为</translation>
    </message>
    <message>
        <source>Full at</source>
        <translation>满值</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最高分</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>图标</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>红</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙</translation>
    </message>
    <message>
        <source>Amber</source>
        <translation>琥珀</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>黄</translation>
    </message>
    <message>
        <source>Olive</source>
        <translation>橄榄</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>青</translation>
    </message>
    <message>
        <source>Sky blue</source>
        <translation>天蓝</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫</translation>
    </message>
    <message>
        <source>Magenta</source>
        <translation>品红</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>灰</translation>
    </message>
</context>
<context>
    <name>casebase::FormulaEdit</name>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>for example {Price}*{Count}; type { for a field</source>
        <translation>例如 {单价}*{数量}；输入 { 选择字段</translation>
    </message>
    <message>
        <source>%1: %2 Example: %3</source>
        <translation>%1：%2 示例：%3</translation>
    </message>
    <message>
        <source>Fields stand in braces. Ctrl+Space shows all fields and functions.</source>
        <translation>字段写在花括号中。按 Ctrl+空格查看全部字段和函数。</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>for example {State}=&quot;open&quot; &amp;&amp; WITHIN({Due},&quot;this week&quot;); type { for a field</source>
        <translation>例如 {状态}=&quot;处理中&quot; &amp;&amp; WITHIN({截止日期},&quot;this week&quot;)；输入 { 选择字段</translation>
    </message>
</context>
<context>
    <name>casebase::GridView</name>
    <message>
        <source>Edit %1</source>
        <translation>编辑 %1</translation>
    </message>
    <message>
        <source>New record</source>
        <translation>新建记录</translation>
    </message>
    <message>
        <source>The new record does not match the filter of this view</source>
        <translation>新记录不符合此视图的筛选</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n record(s)</source>
        <translation>
            <numerusform>删除 %n 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) deleted</source>
        <translation>
            <numerusform>已删除 %n 条记录</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Clear %n cell(s)</source>
        <translation>
            <numerusform>清空 %n 个单元格</numerusform>
        </translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) did not fit and were left out</source>
        <translation>
            <numerusform>%n 个单元格不合适，已略过</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is editing</source>
        <translation>%1 正在编辑</translation>
    </message>
    <message numerus="yes">
        <source>%Ln record(s)</source>
        <translation>
            <numerusform>%Ln 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Ctrl+click opens %1</source>
        <translation>按住 Ctrl 点击打开 %1</translation>
    </message>
</context>
<context>
    <name>casebase::HistoryEntry</name>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>created the record</source>
        <translation>创建了记录</translation>
    </message>
    <message>
        <source>deleted the record</source>
        <translation>删除了记录</translation>
    </message>
    <message>
        <source>restored the record</source>
        <translation>恢复了记录</translation>
    </message>
    <message numerus="yes">
        <source>changed %n field(s)</source>
        <translation>
            <numerusform>改了 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::ImportDialog</name>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>导入到</translation>
    </message>
    <message>
        <source>a new table</source>
        <translation>新表</translation>
    </message>
    <message>
        <source>Name of the table</source>
        <translation>表的名称</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>“?” and blanks become empty. What does not fit is left out and reported.</source>
        <translation>“?” 和空白视为空。不合适的略过，并列入报告。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>The file cannot be imported</source>
        <translation>文件无法导入</translation>
    </message>
    <message>
        <source>%1 rows, %2 columns</source>
        <translation>%1 行，%2 列</translation>
    </message>
    <message>
        <source>Do not import</source>
        <translation>不导入</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message numerus="yes">
        <source>Cancelled after %n row(s)</source>
        <translation>
            <numerusform>已取消，导入了 %n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>已导入 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>casebase::InboxPage</name>
    <message>
        <source>Inbox</source>
        <translation>收件箱</translation>
    </message>
    <message>
        <source>Nothing waits for you here</source>
        <translation>这里没有等你处理的</translation>
    </message>
    <message>
        <source>What you have to decide appears here the moment it reaches you.</source>
        <translation>需要你决定的事，一到就会出现在这里。</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Started by me</source>
        <translation>我发起</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>已处理</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>J / K next, previous · A approve · R reject</source>
        <translation>J / K 上下 · A 同意 · R 驳回</translation>
    </message>
    <message>
        <source>Open in its table</source>
        <translation>在表中打开</translation>
    </message>
    <message>
        <source>The record changed after you opened it</source>
        <translation>打开后有改动</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>已知悉</translation>
    </message>
    <message>
        <source>My decision</source>
        <translation>我的决定</translation>
    </message>
    <message>
        <source>Opinion</source>
        <translation>意见</translation>
    </message>
    <message>
        <source>Opinion; needed to reject</source>
        <translation>意见，驳回时必填</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>驳回</translation>
    </message>
    <message>
        <source>The next one opens by itself</source>
        <translation>处理后自动打开下一项</translation>
    </message>
    <message>
        <source>To do %1</source>
        <translation>待处理 %1</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>已通过</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已驳回</translation>
    </message>
    <message>
        <source>withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>waiting to sync</source>
        <translation>等待同步</translation>
    </message>
    <message>
        <source>%1 editable here, %2 to read</source>
        <translation>此处可编辑 %1 项，只读 %2 项</translation>
    </message>
    <message>
        <source>Look at the change first, and confirm it above</source>
        <translation>先看改动，并在上方确认</translation>
    </message>
    <message>
        <source>Write why before rejecting</source>
        <translation>驳回前写明原因</translation>
    </message>
    <message>
        <source>Approved: %1</source>
        <translation>已同意：%1</translation>
    </message>
    <message>
        <source>Rejected: %1</source>
        <translation>已驳回：%1</translation>
    </message>
</context>
<context>
    <name>casebase::LinkRows</name>
    <message>
        <source>Only one record</source>
        <translation>只关联一条记录</translation>
    </message>
    <message>
        <source>Leads to</source>
        <translation>关联到</translation>
    </message>
    <message>
        <source>%1 (this table)</source>
        <translation>%1（本表）</translation>
    </message>
    <message>
        <source>Called there</source>
        <translation>对方字段名</translation>
    </message>
    <message>
        <source>If a linked record is deleted</source>
        <translation>关联的记录被删除时</translation>
    </message>
    <message>
        <source>the link goes</source>
        <translation>解除关联</translation>
    </message>
    <message>
        <source>refuse to delete it</source>
        <translation>不允许删除</translation>
    </message>
    <message>
        <source>delete this record, too</source>
        <translation>同时删除本记录</translation>
    </message>
    <message>
        <source>If it is deleted</source>
        <translation>对方被删除时</translation>
    </message>
    <message>
        <source>Offers</source>
        <translation>可选范围</translation>
    </message>
    <message>
        <source>Only if</source>
        <translation>仅当</translation>
    </message>
    <message>
        <source>all records</source>
        <translation>全部记录</translation>
    </message>
    <message>
        <source>those of the view “%1”</source>
        <translation>视图“%1”中的记录</translation>
    </message>
    <message>
        <source>for example {City}={Town}</source>
        <translation>例如 {城市}={所在地}</translation>
    </message>
    <message>
        <source>A formula in the record to be linked. Fields are looked for there, then here.</source>
        <translation>以要关联的记录计算的公式。字段先在对方表中查找，再在本表中查找。</translation>
    </message>
    <message>
        <source>Only records that are made here</source>
        <translation>只能关联在此新建的记录</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>%1 (the first field)</source>
        <translation>%1（首个字段）</translation>
    </message>
</context>
<context>
    <name>casebase::LocationEditor</name>
    <message>
        <source>Province, city or district</source>
        <translation>省、市或区县</translation>
    </message>
    <message>
        <source>Street and number</source>
        <translation>街道门牌</translation>
    </message>
    <message>
        <source>Latitude, longitude</source>
        <translation>纬度, 经度</translation>
    </message>
    <message>
        <source>Divisions that fit</source>
        <translation>匹配的行政区</translation>
    </message>
</context>
<context>
    <name>casebase::MainWindow</name>
    <message>
        <source>Rail</source>
        <translation>导航栏</translation>
    </message>
    <message>
        <source>Inbox (Ctrl+I)</source>
        <translation>收件箱（Ctrl+I）</translation>
    </message>
    <message>
        <source>Find in this view (Ctrl+F)</source>
        <translation>在此视图中查找（Ctrl+F）</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>已登录为 %1</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) to decide</source>
        <translation>
            <numerusform>%n 项待决定</numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Offline since %1</source>
        <translation>%1 起离线</translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) waiting</source>
        <translation>
            <numerusform>%n 项等待同步</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) could not be applied</source>
        <translation>
            <numerusform>%n 项未能执行</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Last saved %1</source>
        <translation>上次保存 %1</translation>
    </message>
    <message>
        <source>To decide: %1</source>
        <translation>待决定：%1</translation>
    </message>
    <message>
        <source>Approved: %1</source>
        <translation>已同意：%1</translation>
    </message>
    <message>
        <source>Rejected: %1</source>
        <translation>已驳回：%1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>%1 changed “%2” at the same time; “%3” is in the history</source>
        <translation>%1 同时改了 “%2”；“%3” 在历史中</translation>
    </message>
    <message>
        <source>New base</source>
        <translation>新建库</translation>
    </message>
    <message>
        <source>Name of the base</source>
        <translation>库的名称</translation>
    </message>
    <message>
        <source>The file of unsent changes belonged to another account and was not used. It is kept as %1</source>
        <translation>未发送更改的文件属于另一个账号，未被使用。该文件保存为 %1</translation>
    </message>
    <message numerus="yes">
        <source>The file of unsent changes was damaged. %n change(s) could be read and will be sent. The damaged file is kept as %1</source>
        <translation>
            <numerusform>未发送更改的文件已损坏。其中 %n 项更改仍可读取，将会发送。损坏的文件保存为 %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The file of unsent changes was damaged, and none could be read. It is kept as %1</source>
        <translation>未发送更改的文件已损坏，无法读出任何更改。该文件保存为 %1</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>有人</translation>
    </message>
    <message numerus="yes">
        <source>%1 put you into “%2” of %n record(s)</source>
        <translation>
            <numerusform>%1 在 %n 条记录的“%2”中指定了你</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 put you into “%2”: %3</source>
        <translation>%1 在“%2”中指定了你：%3</translation>
    </message>
</context>
<context>
    <name>casebase::NewRecordDialog</name>
    <message>
        <source>New record in “%1”</source>
        <translation>在“%1”中新建记录</translation>
    </message>
    <message>
        <source>* must have a value</source>
        <translation>* 为必填</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Create the record (Ctrl+Enter)</source>
        <translation>新建记录（Ctrl+Enter）</translation>
    </message>
</context>
<context>
    <name>casebase::OptionsEdit</name>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Options, in the order in which they sort</source>
        <translation>选项（按此顺序排序）</translation>
    </message>
    <message>
        <source>Add option</source>
        <translation>添加选项</translation>
    </message>
    <message>
        <source>Option %1</source>
        <translation>选项 %1</translation>
    </message>
    <message numerus="yes">
        <source>“%1” stands in %n record(s)</source>
        <translation>
            <numerusform>%n 条记录使用“%1”</numerusform>
        </translation>
    </message>
    <message>
        <source>Another option in its place</source>
        <translation>改为其他选项</translation>
    </message>
    <message>
        <source>Leave them empty</source>
        <translation>留空</translation>
    </message>
    <message>
        <source>Goes on to</source>
        <translation>可变为</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>无（终点）</translation>
    </message>
    <message>
        <source>Whoever moves here says why</source>
        <translation>变为此状态须说明原因</translation>
    </message>
    <message>
        <source>Goes with</source>
        <translation>所属上级</translation>
    </message>
    <message>
        <source>every choice</source>
        <translation>所有选项</translation>
    </message>
    <message>
        <source>Whoever edits records may add options</source>
        <translation>编辑记录时可新增选项</translation>
    </message>
</context>
<context>
    <name>casebase::RecordPanel</name>
    <message>
        <source>Start approval</source>
        <translation>发起审批</translation>
    </message>
    <message>
        <source>Withdraw</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Record above (Alt+↑)</source>
        <translation>上一条（Alt+↑）</translation>
    </message>
    <message>
        <source>Record below (Alt+↓)</source>
        <translation>下一条（Alt+↓）</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>关闭（Esc）</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>This record has been deleted. Undo brings it back.</source>
        <translation>此记录已被删除。撤销可找回。</translation>
    </message>
    <message>
        <source>Edit record</source>
        <translation>编辑记录</translation>
    </message>
    <message>
        <source>Back (Alt+←)</source>
        <translation>返回（Alt+←）</translation>
    </message>
</context>
<context>
    <name>casebase::RemovalBar</name>
    <message>
        <source>Bring them back</source>
        <translation>恢复这些记录</translation>
    </message>
    <message>
        <source>Most of a table would go</source>
        <translation>表中大部分记录即将消失</translation>
    </message>
    <message>
        <source>Delete them here too</source>
        <translation>在这里也删除</translation>
    </message>
    <message>
        <source>A copy of what is here now stays on this computer for 30 days</source>
        <translation>当前内容的副本会在本机保留 30 天</translation>
    </message>
    <message>
        <source>%1 deleted %2 of the %3 records of “%4”</source>
        <translation>%1 删除了“%4”的 %3 条记录中的 %2 条</translation>
    </message>
    <message>
        <source>%1 of the %2 records of “%3” are gone on the server</source>
        <translation>“%3”的 %2 条记录中有 %1 条在服务器上已不存在</translation>
    </message>
    <message>
        <source>A copy of what was here stays on this computer for 30 days</source>
        <translation>原内容的副本会在本机保留 30 天</translation>
    </message>
    <message>
        <source>Nothing more goes from this computer, and “%1” takes in nothing new, until you choose.</source>
        <translation>在您选择之前，本机不再删除记录，“%1”也不再接收新的更改。</translation>
    </message>
    <message>
        <source>They are not in its trash either. Nothing more goes from this computer, and “%1” takes in nothing new, until you choose.</source>
        <translation>回收站里也没有这些记录。在您选择之前，本机不再删除记录，“%1”也不再接收新的更改。</translation>
    </message>
</context>
<context>
    <name>casebase::RevealDialog</name>
    <message>
        <source>Why do you need it? The server notes who has read it, when and why.</source>
        <translation>为什么需要查看？服务器会记下谁在何时因何查看。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Reveal “%1”</source>
        <translation>查看“%1”</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>such as: calls back about the delivery</source>
        <translation>例如：回电确认配送</translation>
    </message>
    <message>
        <source>It is shown for a minute.</source>
        <translation>将显示一分钟。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>casebase::RuleMarks</name>
    <message>
        <source>There should be a value</source>
        <translation>应当填写</translation>
    </message>
    <message>
        <source>Another record has the same value</source>
        <translation>另一条记录有相同的值</translation>
    </message>
</context>
<context>
    <name>casebase::RuleRows</name>
    <message>
        <source>Must have a value</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>No two alike</source>
        <translation>不可重复</translation>
    </message>
    <message>
        <source>regular expression, for example [A-Z]-\d+</source>
        <translation>正则表达式，例如 [A-Z]-\d+</translation>
    </message>
    <message>
        <source>Pattern</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>for example {To} &gt;= {From}</source>
        <translation>例如 {结束} &gt;= {开始}</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>what is asked for</source>
        <translation>对填写者的说明</translation>
    </message>
    <message>
        <source>If not, say</source>
        <translation>不符时提示</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>is refused</source>
        <translation>拒绝写入</translation>
    </message>
    <message>
        <source>is taken, and marked</source>
        <translation>允许写入并标记</translation>
    </message>
    <message>
        <source>What breaks them</source>
        <translation>不合规则时</translation>
    </message>
    <message>
        <source>List them</source>
        <translation>列出</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s) break these rules, and stay.</source>
        <translation>
            <numerusform>现有 %n 个值不合规则，会保留。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not below zero</source>
        <translation>不可为负</translation>
    </message>
</context>
<context>
    <name>casebase::SignInPage</name>
    <message>
        <source>Stay signed in on this computer</source>
        <translation>在此电脑上保持登录</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>With your account on the company&apos;s server</source>
        <translation>使用公司服务器上的账户</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>账户</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>The user name is missing</source>
        <translation>缺少账户</translation>
    </message>
    <message>
        <source>See where every case is</source>
        <translation>每一单都看得见走到哪里</translation>
    </message>
    <message>
        <source>Node, person, waiting time; without a network too</source>
        <translation>节点、负责人、等了多久，断网时也在</translation>
    </message>
    <message>
        <source>Submitted</source>
        <translation>客户提交</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>客服确认</translation>
    </message>
    <message>
        <source>In approval</source>
        <translation>审批中</translation>
    </message>
</context>
<context>
    <name>casebase::SignatureDialog</name>
    <message>
        <source>Sign “%1”</source>
        <translation>签署“%1”</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重写</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>签名</translation>
    </message>
</context>
<context>
    <name>casebase::SignaturePad</name>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Sign here</source>
        <translation>在此签名</translation>
    </message>
</context>
<context>
    <name>casebase::SocketTransport</name>
    <message>
        <source>no answer</source>
        <translation>没有应答</translation>
    </message>
</context>
<context>
    <name>casebase::StepsBar</name>
    <message>
        <source>under 1 min</source>
        <translation>不到 1 分</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>发起</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 等 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>自 %1</translation>
    </message>
</context>
<context>
    <name>casebase::TabStrip</name>
    <message>
        <source>All of them</source>
        <translation>全部</translation>
    </message>
</context>
<context>
    <name>casebase::TablePage</name>
    <message>
        <source>New table</source>
        <translation>新建表</translation>
    </message>
    <message>
        <source>Name of the table</source>
        <translation>表的名称</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Responsible</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表格（*.csv *.tsv *.txt）</translation>
    </message>
    <message>
        <source>New table…</source>
        <translation>新建表…</translation>
    </message>
    <message>
        <source>Import CSV…</source>
        <translation>导入 CSV…</translation>
    </message>
    <message>
        <source>Restore a deleted table</source>
        <translation>恢复已删除的表</translation>
    </message>
    <message>
        <source>Restore table</source>
        <translation>恢复表</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>重命名…</translation>
    </message>
    <message>
        <source>Rename table</source>
        <translation>重命名表</translation>
    </message>
    <message>
        <source>Describe…</source>
        <translation>描述…</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>描述</translation>
    </message>
    <message>
        <source>Describe table</source>
        <translation>描述表</translation>
    </message>
    <message>
        <source>Move table</source>
        <translation>移动表</translation>
    </message>
    <message>
        <source>Move left</source>
        <translation>左移</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>右移</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete table</source>
        <translation>删除表</translation>
    </message>
    <message>
        <source>“%1” deleted; undo brings it back</source>
        <translation>“%1” 已删除，撤销可找回</translation>
    </message>
    <message>
        <source>Sort ascending</source>
        <translation>升序</translation>
    </message>
    <message>
        <source>Sort descending</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
    <message>
        <source>Edit field…</source>
        <translation>编辑字段…</translation>
    </message>
    <message>
        <source>New field…</source>
        <translation>新建字段…</translation>
    </message>
    <message>
        <source>Delete field</source>
        <translation>删除字段</translation>
    </message>
    <message>
        <source>Restore a deleted field</source>
        <translation>恢复已删除的字段</translation>
    </message>
    <message>
        <source>Restore field</source>
        <translation>恢复字段</translation>
    </message>
    <message>
        <source>Open record</source>
        <translation>打开记录</translation>
    </message>
    <message>
        <source>New record</source>
        <translation>新建记录</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n record(s)</source>
        <translation>
            <numerusform>删除 %n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>视图名称</translation>
    </message>
    <message>
        <source>Delete view</source>
        <translation>删除视图</translation>
    </message>
    <message>
        <source>shaping tables</source>
        <translation>改动表结构</translation>
    </message>
    <message>
        <source>New field</source>
        <translation>新建字段</translation>
    </message>
    <message>
        <source>Change field</source>
        <translation>修改字段</translation>
    </message>
    <message>
        <source>Change workflow</source>
        <translation>修改流程</translation>
    </message>
    <message>
        <source>Approval state</source>
        <translation>审批状态</translation>
    </message>
    <message>
        <source>Approval node</source>
        <translation>审批节点</translation>
    </message>
    <message>
        <source>In approval</source>
        <translation>审批中</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已通过</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已驳回</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>New workflow</source>
        <translation>新建流程</translation>
    </message>
    <message>
        <source>Import CSV</source>
        <translation>导入 CSV</translation>
    </message>
    <message>
        <source>This base has no table yet</source>
        <translation>这个库还没有表</translation>
    </message>
    <message>
        <source>Make an empty table, or import a CSV file. Every step can be undone.</source>
        <translation>建一张空表，或导入 CSV 文件。任何一步都能撤销。</translation>
    </message>
    <message>
        <source>New table or import</source>
        <translation>新建表或导入</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Undo: %1 (Ctrl+Z)</source>
        <translation>撤销：%1（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Nothing to undo</source>
        <translation>没有可撤销的</translation>
    </message>
    <message>
        <source>Redo: %1 (Ctrl+Y)</source>
        <translation>重做：%1（Ctrl+Y）</translation>
    </message>
    <message>
        <source>Nothing to redo</source>
        <translation>没有可重做的</translation>
    </message>
    <message>
        <source>Find in this view (Ctrl+F)</source>
        <translation>在此视图中查找（Ctrl+F）</translation>
    </message>
    <message>
        <source>Find in this view</source>
        <translation>在此视图中查找</translation>
    </message>
    <message>
        <source>Change view</source>
        <translation>修改视图</translation>
    </message>
    <message>
        <source>New view</source>
        <translation>新建视图</translation>
    </message>
    <message>
        <source>View %1</source>
        <translation>视图 %1</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Remove the filter</source>
        <translation>移除筛选</translation>
    </message>
    <message>
        <source>Sort %1</source>
        <translation>排序 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hidden field(s)</source>
        <translation>
            <numerusform>隐藏 %n 列</numerusform>
        </translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>流程</translation>
    </message>
    <message>
        <source>Workflow %1</source>
        <translation>流程 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) selected</source>
        <translation>
            <numerusform>已选 %n 个单元格</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 条记录</translation>
    </message>
    <message>
        <source>%1 of %2 records</source>
        <translation>%1 / %2 条记录</translation>
    </message>
    <message>
        <source>New base</source>
        <translation>新建库</translation>
    </message>
    <message>
        <source>There is no base yet</source>
        <translation>还没有库</translation>
    </message>
    <message>
        <source>A base holds tables that people share. Make one, or ask to be added to one.</source>
        <translation>库里存放大家共用的表。新建一个，或请人把你加进去。</translation>
    </message>
    <message>
        <source>The new record does not match the filter of this view</source>
        <translation>新记录不符合此视图的筛选条件</translation>
    </message>
    <message>
        <source>“%1” deleted. It was read by %2; undo brings it back</source>
        <translation>“%1”已删除。%2 用到了它；撤销可恢复</translation>
    </message>
    <message numerus="yes">
        <source>%n colour rule(s)</source>
        <translation>
            <numerusform>%n 条着色规则</numerusform>
        </translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>着色</translation>
    </message>
    <message>
        <source>Departments…</source>
        <translation>部门…</translation>
    </message>
    <message>
        <source>Change departments</source>
        <translation>修改部门</translation>
    </message>
    <message>
        <source>New linked record</source>
        <translation>新建关联记录</translation>
    </message>
    <message>
        <source>Reveal “%1”…</source>
        <translation>查看“%1”…</translation>
    </message>
    <message>
        <source>Values against its rules…</source>
        <translation>不合规则的值…</translation>
    </message>
    <message>
        <source>Save all files of this view…</source>
        <translation>保存此视图的全部文件…</translation>
    </message>
    <message>
        <source>Save all files</source>
        <translation>保存全部文件</translation>
    </message>
    <message>
        <source>ZIP archives (*.zip)</source>
        <translation>ZIP 压缩包 (*.zip)</translation>
    </message>
    <message>
        <source>No record of this view has a file in “%1”.</source>
        <translation>此视图的记录在“%1”中没有文件。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) saved in %1</source>
        <translation>
            <numerusform>已将 %n 个文件保存到 %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>casebase::TieRows</name>
    <message>
        <source>Only the moves chosen below are allowed</source>
        <translation>只允许下面选定的变化</translation>
    </message>
    <message>
        <source>Add a field that tells since when it is so</source>
        <translation>添加字段记录该状态始于何时</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>计入</translation>
    </message>
    <message>
        <source>changes of any field</source>
        <translation>任何字段的更改</translation>
    </message>
    <message>
        <source>Depends on</source>
        <translation>取决于</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>are not asked for</source>
        <translation>不询问</translation>
    </message>
    <message>
        <source>go into a new field</source>
        <translation>写入新字段</translation>
    </message>
    <message>
        <source>go into “%1”</source>
        <translation>写入“%1”</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>%1: why</source>
        <translation>%1原因</translation>
    </message>
    <message>
        <source>%1 since</source>
        <translation>%1始于</translation>
    </message>
</context>
<context>
    <name>casebase::Toasts</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>casebase::WaitingDialog</name>
    <message>
        <source>Changes that wait</source>
        <translation>等待同步的改动</translation>
    </message>
    <message>
        <source>They are on this computer and go out by themselves when the server is there.</source>
        <translation>它们保存在此电脑上，连上服务器后自动发送。</translation>
    </message>
    <message>
        <source>Discard what could not be applied</source>
        <translation>丢弃未能执行的</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Could not be applied: %1</source>
        <translation>未能执行：%1</translation>
    </message>
    <message>
        <source>Nothing waits: everything is saved</source>
        <translation>没有等待的改动，全部已保存</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>另存为文件…</translation>
    </message>
    <message>
        <source>As a spreadsheet: to look at, to send to somebody, to type in again</source>
        <translation>存为表格文件：可查看、发给他人或重新录入</translation>
    </message>
    <message>
        <source>Save these changes</source>
        <translation>保存这些更改</translation>
    </message>
    <message>
        <source>changes</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>Spreadsheets (*.csv)</source>
        <translation>表格文件 (*.csv)</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Not saved: %1 (%2)</source>
        <translation>未能保存：%1（%2）</translation>
    </message>
    <message>
        <source>Send it again</source>
        <translation>重新发送</translation>
    </message>
    <message>
        <source>What could not be applied stays on this computer until it is sent again or discarded. Everything else goes out by itself.</source>
        <translation>未能执行的改动会保留在此电脑上，直到重新发送或丢弃。其余改动会自动发送。</translation>
    </message>
</context>
<context>
    <name>casebase::WorkflowDialog</name>
    <message>
        <source>Who started it may withdraw it</source>
        <translation>发起人可以撤回</translation>
    </message>
    <message>
        <source>New workflow</source>
        <translation>新建流程</translation>
    </message>
    <message>
        <source>Workflow “%1”</source>
        <translation>流程 “%1”</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>For example: Refund approval</source>
        <translation>例如：退款审批</translation>
    </message>
    <message>
        <source>Approvals, one after another. Running ones keep the version they started with.</source>
        <translation>审批按顺序进行。运行中的保持开始时的版本。</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Who decides</source>
        <translation>由谁决定</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Add approval</source>
        <translation>添加审批</translation>
    </message>
    <message>
        <source>Approval %1</source>
        <translation>审批 %1</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>whoever stands in “%1”</source>
        <translation>“%1” 中的人</translation>
    </message>
    <message>
        <source>A workflow needs a name, and at least one approval with a name</source>
        <translation>流程需要名称，以及至少一个有名称的审批</translation>
    </message>
</context>
</TS>
